#!/usr/bin/env node
import module from "node:module";
import { runCommand } from "./command.ts";

// So that a command starts faster the second time. Node 20 has no such cache.
module.enableCompileCache?.();

// The commands are loaded after this.
if (!("union" in Set.prototype)) await import("./polyfills.ts");

const { feedwright } = await import("./feedwright.ts");
await runCommand(feedwright);
