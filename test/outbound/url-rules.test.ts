import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPublicAddress } from "../../src/outbound/public-address.ts";
import { checkUrl, isLoopbackSite, literalAddress } from "../../src/outbound/url-rules.ts";

const SITE = "https://courier.example.org";

const PRIVATE = /^must be on the public internet$/;
const SPELLING = /^must have its host in its usual spelling$/;
const CHARACTERS = /^must be ASCII without spaces and backslashes$/;
const NO_URL = /^must be an absolute http or https URL$/;
const USER = /^must not hold a user name or a password$/;
const PORT = /^must be at a port for the web: 80, 443, 8080 or 8443$/;
const FRAGMENT = /^must not have a fragment$/;
const LONG = /^has more than 2048 characters$/;
const SELF = /^is this very site$/;
const ELSEWHERE = /^must be on this machine, as the site itself is$/;

type Rows = readonly (readonly [callback: string, why: RegExp])[];

const addresses4: Rows = [
  ["http://127.0.0.1/", PRIVATE],
  ["http://127.255.255.254/", PRIVATE],
  ["http://0.0.0.0/", PRIVATE],
  ["http://0.1.2.3/", PRIVATE],
  ["http://10.0.0.1/", PRIVATE],
  ["http://10.255.255.255/", PRIVATE],
  ["http://172.16.0.1/", PRIVATE],
  ["http://172.31.255.255/", PRIVATE],
  ["http://192.168.0.1/", PRIVATE],
  ["http://192.168.178.1:8080/", PRIVATE],
  ["http://169.254.1.1/", PRIVATE],
  ["http://100.64.0.1/", PRIVATE],
  ["http://100.127.255.254/", PRIVATE],
  ["http://192.0.0.1/", PRIVATE],
  ["http://192.0.2.1/", PRIVATE],
  ["http://198.51.100.7/", PRIVATE],
  ["http://203.0.113.9/", PRIVATE],
  ["http://198.18.0.1/", PRIVATE],
  ["http://198.19.255.255/", PRIVATE],
  ["http://192.88.99.1/", PRIVATE],
  ["http://224.0.0.1/", PRIVATE],
  ["http://239.255.255.250/", PRIVATE],
  ["http://240.0.0.1/", PRIVATE],
  ["http://255.255.255.255/", PRIVATE],
];

// Most of these are 127.0.0.1 to whoever parses them; those of public addresses are refused for their spelling alone.
const spellings4: Rows = [
  ["http://2130706433/", SPELLING],
  ["http://0x7f000001/", SPELLING],
  ["http://0X7F000001/", SPELLING],
  ["http://017700000001/", SPELLING],
  ["http://0x7f.0x0.0x0.0x1/", SPELLING],
  ["http://0177.0.0.1/", SPELLING],
  ["http://0177.0.0.01/", SPELLING],
  ["http://127.0x0.0.01/", SPELLING],
  ["http://0x7f.1/", SPELLING],
  ["http://127.1/", SPELLING],
  ["http://127.0.1/", SPELLING],
  ["http://127.0.0.1./", SPELLING],
  ["http://127.0.0.001/", SPELLING],
  ["http://0/", SPELLING],
  ["http://0x/", SPELLING],
  ["http://10.1/", SPELLING],
  ["http://192.168.257/", SPELLING],
  ["http://2852039166/", SPELLING],
  ["http://0xa9fea9fe/", SPELLING],
  ["http://169.254.43518/", SPELLING],
  ["http://134744072/", SPELLING],
  ["http://0x08080808/", SPELLING],
  ["http://010.8.8.8/", SPELLING],
  ["http://8.8.2056/", SPELLING],
  ["http://8.8.8.8./", SPELLING],
  ["http://4294967296/", NO_URL],
  ["http://256.1.1.1/", NO_URL],
  ["http://127.0.0.1.1/", NO_URL],
  ["http://127.0.0.0x/", SPELLING],
  ["http://1.2.3.08/", NO_URL],
  ["http://news.0x7f/", NO_URL],
  ["http://news.127/", NO_URL],
];

const addresses6: Rows = [
  ["http://[::1]/", PRIVATE],
  ["http://[::1]:8080/", PRIVATE],
  ["http://[::]/", PRIVATE],
  ["http://[::2]/", PRIVATE],
  ["http://[0:0:0:0:0:0:0:1]/", SPELLING],
  ["http://[0000::0001]/", SPELLING],
  ["http://[::0.0.0.1]/", SPELLING],
  ["http://[::ffff:127.0.0.1]/", SPELLING],
  ["http://[::ffff:7f00:1]/", PRIVATE],
  ["http://[::FFFF:7F00:1]/", PRIVATE],
  ["http://[::ffff:a9fe:a9fe]/", PRIVATE],
  ["http://[::ffff:808:808]/", PRIVATE],
  ["http://[::127.0.0.1]/", SPELLING],
  ["http://[::7f00:1]/", PRIVATE],
  ["http://[::ffff:0:7f00:1]/", PRIVATE],
  ["http://[fc00::1]/", PRIVATE],
  ["http://[fdff:ffff::1]/", PRIVATE],
  ["http://[fe80::1]/", PRIVATE],
  ["http://[febf::1]/", PRIVATE],
  ["http://[fec0::1]/", PRIVATE],
  ["http://[2002:7f00:1::]/", PRIVATE],
  ["http://[2002:808:808::1]/", PRIVATE],
  ["http://[2001::1]/", PRIVATE],
  ["http://[2001:0:53aa:64c::1]/", PRIVATE],
  ["http://[64:ff9b::7f00:1]/", PRIVATE],
  ["http://[64:ff9b:1::a00:1]/", PRIVATE],
  ["http://[2001:db8::1]/", PRIVATE],
  ["http://[3fff::1]/", PRIVATE],
  ["http://[2001:2::1]/", PRIVATE],
  ["http://[2001:10::1]/", PRIVATE],
  ["http://[2001:20::1]/", PRIVATE],
  ["http://[100::1]/", PRIVATE],
  ["http://[5f00::1]/", PRIVATE],
  ["http://[4000::1]/", PRIVATE],
  ["http://[e000::1]/", PRIVATE],
  ["http://[ff02::1]/", PRIVATE],
  ["http://[ff0e::1]/", PRIVATE],
  ["http://[fe80::1%25eth0]/", NO_URL],
  ["http://[fe80::1%eth0]/", NO_URL],
  ["http://[2606:4700::1111%25en0]/", NO_URL],
  ["http://[2606:4700:0:0:0:0:0:1111]/", SPELLING],
  ["http://[::1/", NO_URL],
  ["http://::1/", NO_URL],
  ["http://[]/", NO_URL],
  ["http://[127.0.0.1]/", NO_URL],
];

const metadata: Rows = [
  ["http://169.254.169.254/latest/meta-data/", PRIVATE],
  ["http://169.254.170.2/v2/credentials/", PRIVATE],
  ["http://169.254.169.123/", PRIVATE],
  ["http://100.100.100.200/latest/meta-data/", PRIVATE],
  ["http://192.0.0.192/opc/v2/instance/", PRIVATE],
  ["http://168.63.129.16/machine?comp=goalstate", PRIVATE],
  ["http://168.63.129.16:8080/", PRIVATE],
  ["http://[fd00:ec2::254]/latest/meta-data/", PRIVATE],
  ["http://[fd20:ce::254]/computeMetadata/v1/", PRIVATE],
  ["http://[fd00:c1::a9fe:a9fe]/", PRIVATE],
  ["http://metadata.google.internal/computeMetadata/v1/", PRIVATE],
  ["http://instance-data.ec2.internal/latest/", PRIVATE],
  ["http://metadata/computeMetadata/v1/", PRIVATE],
  ["http://instance-data/latest/", PRIVATE],
  ["http://kubernetes.default.svc/api", PRIVATE],
  ["http://kubernetes.default.svc.cluster.local/api", PRIVATE],
  ["http://host.docker.internal/", PRIVATE],
];

const names: Rows = [
  ["http://localhost/", PRIVATE],
  ["http://LOCALHOST/", PRIVATE],
  ["http://localhost:8080/", PRIVATE],
  ["http://news.localhost/", PRIVATE],
  ["http://localhost.localdomain/", PRIVATE],
  ["http://localhost6.localdomain6/", PRIVATE],
  ["http://ip6-loopback/", PRIVATE],
  ["http://printer.local/", PRIVATE],
  ["http://db.internal/", PRIVATE],
  ["http://wiki.intranet/", PRIVATE],
  ["http://wiki.corp/", PRIVATE],
  ["http://nas.home/", PRIVATE],
  ["http://nas.lan/", PRIVATE],
  ["http://mx.mail/", PRIVATE],
  ["http://vault.private/", PRIVATE],
  ["http://vault.service.consul/", PRIVATE],
  ["http://router.home.arpa/", PRIVATE],
  ["http://1.0.0.127.in-addr.arpa/", PRIVATE],
  ["http://expyuzz4wqqyqhjn.onion/", PRIVATE],
  ["http://news.i2p/", PRIVATE],
  ["http://news.alt/", PRIVATE],
  ["http://news.test/", PRIVATE],
  ["http://news.invalid/", PRIVATE],
  ["http://news.example/", PRIVATE],
  ["http://intranet/", PRIVATE],
  ["http://com/", PRIVATE],
  ["http://example.com./", PRIVATE],
  ["http://localhost./", PRIVATE],
  ["http://metadata.google.internal./", PRIVATE],
  ["http://example.com../", PRIVATE],
  ["http://.example.com/", PRIVATE],
  ["http://news..example.com/", PRIVATE],
  ["http://*.example.com/", PRIVATE],
  ["http://-news.example.com/", PRIVATE],
  ["http://example.com,example.net/", PRIVATE],
  ["http://127.0.0.1;.example.com/", PRIVATE],
  ["http://news.c0m/", PRIVATE],
  [`http://${"a".repeat(64)}.example.com/`, PRIVATE],
  [`http://${"a.".repeat(123)}example.com/`, PRIVATE],
];

const credentials: Rows = [
  ["https://user:pw@example.com/", USER],
  ["https://user@example.com/", USER],
  ["https://@example.com/", USER],
  ["https://:@example.com/", USER],
  ["https://:pw@example.com/", USER],
  ["https://a%40b:pw@example.com/", USER],
  ["https://us%65r:p%77@example.com/", USER],
  ["https://example.com@127.0.0.1/", USER],
  ["https://example.com:80@127.0.0.1/", USER],
  ["https://127.0.0.1@example.com/", USER],
  ["https://example.com%40127.0.0.1/", NO_URL],
];

const ports: Rows = [
  ...[
    0, 1, 21, 22, 23, 25, 53, 81, 110, 444, 3000, 3306, 5432, 6379, 8000, 8081, 8787, 9200, 11_211, 27_017, 65_535,
  ].map((port) => [`https://example.com:${port}/`, PORT] as const),
  ["http://8.8.8.8:22/", PORT],
  ["http://[2606:4700::1111]:25/", PORT],
  ["https://example.com:65536/", NO_URL],
  ["https://example.com:-1/", NO_URL],
  ["https://example.com:http/", NO_URL],
  ["https://example.com:80:80/", NO_URL],
];

const schemes: Rows = [
  "ftp://example.com/",
  "ftps://example.com/",
  "file:///etc/passwd",
  "file://example.com/",
  "gopher://example.com:80/_GET",
  "ws://example.com/",
  "wss://example.com/",
  "dict://example.com/",
  "ldap://example.com/",
  "data:text/plain,x",
  "javascript:alert(1)",
  "blob:https://example.com/1",
  "mailto:news@example.com",
  "about:blank",
  "httpx://example.com/",
  "view-source:https://example.com/",
  "https+unix://example.com/",
].map((callback) => [callback, NO_URL] as const);

const lookAlikes: Rows = [
  ["http://ехample.com/", CHARACTERS],
  ["http://127。0。0。1/", CHARACTERS],
  ["http://\uff11\uff12\uff17.\uff10.\uff10.\uff11/", CHARACTERS],
  ["http://127。0。0。1/", CHARACTERS],
  ["http://127․0․0․1/", CHARACTERS],
  ["http://①②⑦.⓪.⓪.①/", CHARACTERS],
  ["http://١٢٧.٠.٠.١/", CHARACTERS],
  ["http://127\uff0e0\uff0e0\uff0e1/", CHARACTERS],
  ["http://𝟏𝟐𝟕.𝟎.𝟎.𝟏/", CHARACTERS],
  ["http://\uff4c\uff4f\uff43\uff41\uff4c\uff48\uff4f\uff53\uff54/", CHARACTERS],
  ["http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", CHARACTERS],
  ["http://locaſhoſt/", CHARACTERS],
  ["http://local\u00adhost/", CHARACTERS],
  ["http://local\u200bhost/", CHARACTERS],
  ["http://example.com\u202e/", CHARACTERS],
  ["http://bücher.de/", CHARACTERS],
  ["http://xn--locahost-8bb/", PRIVATE],
  ["http://xn--localhost-/", PRIVATE],
  ["http://example.com/a/…", CHARACTERS],
  ["http://[::１]/", CHARACTERS],
  ["\ufeffhttp://example.com/", CHARACTERS],
];

const escapes: Rows = [
  ["http://%31%32%37.0.0.1/", SPELLING],
  ["http://127%2e0%2e0%2e1/", SPELLING],
  ["http://%6cocalhost/", SPELLING],
  ["http://loc%61lhost/", SPELLING],
  ["http://ex%61mple.com/", SPELLING],
  ["http://example%2ecom/", SPELLING],
  ["http://%ef%bc%91%ef%bc%92%ef%bc%97.0.0.1/", SPELLING],
  ["http://127%E3%80%820%E3%80%820%E3%80%821/", SPELLING],
  ["http://b%c3%bccher.de/", SPELLING],
  ["http://local%c2%adhost/", SPELLING],
  ["http://example.com%00.example.net/", NO_URL],
  ["http://example.com%2f@127.0.0.1/", USER],
  ["http://example.com%23.example.net/", NO_URL],
  ["http://%/", NO_URL],
];

const characters: Rows = [
  ["http://local\thost/", CHARACTERS],
  ["http://127.0.0\n.1/", CHARACTERS],
  ["ht\ntp://example.com/", CHARACTERS],
  ["http://example.com/\r\nHost: localhost", CHARACTERS],
  ["http://example.com/\0", CHARACTERS],
  ["http://example.com\0.localhost/", CHARACTERS],
  ["http://example.com/\x7f", CHARACTERS],
  [" http://example.com/", CHARACTERS],
  ["http://example.com/ ", CHARACTERS],
  ["http://exam ple.com/", CHARACTERS],
  ["http://example.com/a b", CHARACTERS],
  ["\thttp://example.com/", CHARACTERS],
  ["http:\\\\example.com\\", CHARACTERS],
  ["http://example.com\\@127.0.0.1/", CHARACTERS],
  ["http://127.0.0.1\\.example.com/", CHARACTERS],
  ["http://example.com/\\", CHARACTERS],
];

const forms: Rows = [
  ["", NO_URL],
  ["/hub", NO_URL],
  ["//example.com/", NO_URL],
  ["callback", NO_URL],
  ["example.com/callback", NO_URL],
  ["?x=1", NO_URL],
  ["http:", NO_URL],
  ["http:example.com", NO_URL],
  ["http:/example.com/", NO_URL],
  ["http://", NO_URL],
  ["http:///", NO_URL],
  ["http:///example.com/", SPELLING],
  ["http:////127.0.0.1/", SPELLING],
  ["http://?x", NO_URL],
  ["http://:80/", NO_URL],
  ["http://exa<mple.com/", NO_URL],
  ["https://example.com/#", FRAGMENT],
  ["https://example.com/#part", FRAGMENT],
  ["https://example.com#@127.0.0.1/", FRAGMENT],
  ["https://example.com/?a=1#b", FRAGMENT],
  [`https://example.com/${"a".repeat(2029)}`, LONG],
  [`https://example.com/?${"a".repeat(1_000_000)}`, LONG],
];

const own: Rows = [
  ["https://courier.example.org/", SELF],
  ["https://courier.example.org/hub", SELF],
  ["https://COURIER.example.ORG/hub", SELF],
  ["http://courier.example.org/", SELF],
  ["https://courier.example.org:8443/", SELF],
  ["https://courier.example.org./", PRIVATE],
  ["https://c%6furier.example.org/", SPELLING],
];

describe("a public site refuses to send to URLs", () => {
  describe.each<[string, Rows]>([
    ["at IPv4 addresses that are not public", addresses4],
    ["at IPv4 addresses in another spelling than the usual one", spellings4],
    ["at IPv6 addresses that are not public, or lead to IPv4", addresses6],
    ["where clouds keep their secrets", metadata],
    ["with names that do not belong to the internet", names],
    ["with a user or a password", credentials],
    ["at ports that are not for the web", ports],
    ["with another scheme", schemes],
    ["that look like something else", lookAlikes],
    ["with a host in percent codes", escapes],
    ["with characters that parsers skip or take for others", characters],
    ["that are no URL, or more than one", forms],
    ["at the site itself", own],
  ])("%s", (_, rows) => {
    it.each(rows.map(([callback, why]) => ({ callback, shown: JSON.stringify(callback).slice(0, 80), why })))(
      "$shown",
      ({ callback, why }) => expect(checkUrl(callback, SITE)).toMatch(why),
    );
  });

  it("at the address that is its own", () => {
    expect(checkUrl("https://8.8.8.8/", "https://8.8.8.8")).toMatch(SELF);
    expect(checkUrl("https://[2606:4700::1111]/", "https://[2606:4700::1111]:8443")).toMatch(SELF);
  });
});

describe("a public site sends to URLs", () => {
  it.each([
    "https://example.com",
    "https://example.com/",
    "http://example.com/callback",
    "HTTPS://Example.COM/Callback",
    "https://news.example.co.uk/a/b/c",
    "https://a.b.c.d.e.example.com/",
    "https://my_news.example.com/",
    "https://3com.example.com/",
    "https://127.0.0.1.example.com/",
    "https://localhost.example.com/",
    "https://local.example.com/",
    "https://example.internal.com/",
    "https://notlocalhost.com/",
    "https://www.courier.example.org/",
    "https://courier.example.org.example.net/",
    "https://xn--bcher-kva.de/",
    "https://xn--e1afmkfd.xn--p1ai/",
    "https://xn--fiqs8s.example.com/",
    "https://news.museum/",
    "http://8.8.8.8/",
    "http://93.184.215.14:8080/",
    "http://172.32.0.1/",
    "http://100.128.0.1/",
    "http://[2606:4700::1111]/",
    "http://[2001:4860:4860::8888]:8443/",
    "http://[2A00:1450:4001:81B::200E]/",
    "http://example.com:80/",
    "https://example.com:80/",
    "http://example.com:443/",
    "https://example.com:443/",
    "https://example.com:8080/",
    "https://example.com:8443/",
    "https://example.com?token=1",
    "https://example.com/?token=1&next=https://127.0.0.1/",
    "https://example.com/?mail=a@b.example",
    "https://example.com/@user",
    "https://example.com/a%20b%00?c=%0d%0a",
    "https://example.com/a;b,c/(d)'e!f*~",
    "https://example.com//double/../dots/./",
    `https://example.com/${"a".repeat(2028)}`,
    `https://${"a".repeat(63)}.example.com/`,
  ])("%s", (callback) => expect(checkUrl(callback, SITE)).toBeUndefined());
});

describe("a site on loopback", () => {
  const LOOPBACK = "http://localhost:8787";

  it.each([
    "http://localhost/",
    "http://localhost:1/",
    "http://localhost:6379/",
    "https://localhost:65535/",
    "http://LOCALHOST:3000/",
    "http://127.0.0.1:54321/callback?x=1",
    "http://127.8.9.10:25/",
    "http://[::1]:4000/",
  ])("sends to %s", (callback) => expect(checkUrl(callback, LOOPBACK)).toBeUndefined());

  it.each<[string, RegExp]>([
    ["https://example.com/", ELSEWHERE],
    ["http://8.8.8.8/", ELSEWHERE],
    ["http://[2606:4700::1111]/", ELSEWHERE],
    ["http://10.0.0.1/", ELSEWHERE],
    ["http://169.254.169.254/", ELSEWHERE],
    ["http://0.0.0.0:8787/", ELSEWHERE],
    ["http://[::]:8787/", ELSEWHERE],
    ["http://[fe80::1]/", ELSEWHERE],
    ["http://[::ffff:7f00:1]/", ELSEWHERE],
    ["http://localhost./", ELSEWHERE],
    ["http://news.localhost/", ELSEWHERE],
    ["http://localhost.example.com/", ELSEWHERE],
    ["http://127.0.0.1.example.com/", ELSEWHERE],
    ["http://127.1/", SPELLING],
    ["http://2130706433/", SPELLING],
    ["http://user@localhost/", USER],
    ["http://localhost/#a", FRAGMENT],
    ["http://local\thost/", CHARACTERS],
    ["ws://localhost/", NO_URL],
  ])("refuses to send to %j", (callback, why) => expect(checkUrl(callback, LOOPBACK)).toMatch(why));

  it.each<[string, boolean]>([
    ["http://localhost:8787", true],
    ["http://127.0.0.1", true],
    ["http://127.1:8787", true],
    ["http://[::1]:8787", true],
    ["https://courier.example.org", false],
    ["https://localhost.example.org", false],
    ["http://192.168.0.2:8787", false],
    ["http://0.0.0.0:8787", false],
  ])("is recognised by its host: %s, %s", (site, is) => expect(isLoopbackSite(site)).toBe(is));
});

describe("an IP address in a URL", () => {
  it("is allowed in one spelling only, and only if it is public", () => {
    const hosts = fc.oneof(
      fc.ipV4(),
      fc.ipV4Extended(),
      fc.ipV6().map((address) => `[${address}]`),
    );
    fc.assert(
      fc.property(hosts, (host) => {
        const callback = `https://${host}/`;
        if (checkUrl(callback, SITE) !== undefined) return;
        expect(new URL(callback).hostname).toBe(host.toLowerCase());
        expect(isPublicAddress(host.replace(/^\[|\]$/g, ""))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

it.each([
  ["93.184.215.14", "93.184.215.14"],
  ["[2606:4700::1111]", "2606:4700::1111"],
  ["news.example.com", undefined],
  // They end or begin like an address.
  ["cdn2", undefined],
  ["news.example.7", undefined],
  ["7.example.com", undefined],
])("the host %s is written as the address %s", (host, address) => expect(literalAddress(host)).toBe(address));
