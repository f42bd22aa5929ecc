import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { XmlDocument, XsdValidator, xmlRegisterInputProvider } from "libxml2-wasm";
import { isRecord } from "../../src/lib/is-record.ts";

// What others say of documents: the schemas of the IPTC, by validators of others.

const FOLDER = "test/schemas";

const read = (path: string): string => readFileSync(join(FOLDER, path), "utf8");

const createNinjsValidator = () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  const schema: unknown = JSON.parse(read("ninjs/ninjs-schema_3.1.json"));
  if (!isRecord(schema)) throw new Error("the schema is no object");
  // It refers to that of GeoJSON, which no story of ours has.
  ajv.addSchema({ $id: "https://geojson.org/schema/GeoJSON.json", type: "object" });
  return ajv.compile(schema);
};

const validateNinjs = createNinjsValidator();

/** Whether the validator takes a text for a URI. */
export const isUri = addFormats(new Ajv2020()).compile({ type: "string", format: "uri" });

/** What the JSON Schema of ninjs 3.1 says against a document. */
export const ninjsFaults = (document: unknown): readonly string[] =>
  validateNinjs(document)
    ? []
    : (validateNinjs.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);

const createNewsmlValidator = (): XsdValidator => {
  const files = new Map<number, { readonly bytes: Uint8Array; position: number }>();
  xmlRegisterInputProvider({
    match: (name) => name.endsWith("xml.xsd"),
    open: () => {
      files.set(1, { bytes: readFileSync(join(FOLDER, "newsml-g2/xml.xsd")), position: 0 });
      return 1;
    },
    read: (descriptor, buffer) => {
      const file = files.get(descriptor);
      if (file === undefined) return -1;
      const part = file.bytes.subarray(file.position, file.position + buffer.byteLength);
      buffer.set(part);
      file.position += part.byteLength;
      return part.byteLength;
    },
    close: () => true,
  });
  const schema = XmlDocument.fromString(read("newsml-g2/NewsML-G2_2.35-spec-All-Power.xsd"), {
    url: "newsml-g2/NewsML-G2_2.35-spec-All-Power.xsd",
  });
  return XsdValidator.fromDoc(schema);
};

const newsml = createNewsmlValidator();

/** What the XML Schema of NewsML-G2 2.35 says against a document; an error if it is not well-formed. */
export const newsmlFaults = (document: string): readonly string[] => {
  const parsed = XmlDocument.fromString(document);
  try {
    newsml.validate(parsed);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    parsed.dispose();
  }
};
