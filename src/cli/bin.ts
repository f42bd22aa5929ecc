#!/usr/bin/env node
import { runCommand } from "./command.ts";

// The commands are loaded after this.
if (!("union" in Set.prototype)) await import("./polyfills.ts");

const { feedwright } = await import("./feedwright.ts");
await runCommand(feedwright);
