import { expect, it } from "vitest";
import { applySchemaSteps, type SchemaStep } from "../../src/lib/schema-steps.ts";
import { inDurableObject } from "../push/in-durable-object.ts";

const createTable: SchemaStep = ({ sql }) => void sql.exec("CREATE TABLE IF NOT EXISTS notes (text TEXT)");
const renameColumn: SchemaStep = ({ sql }) => void sql.exec("ALTER TABLE notes RENAME COLUMN text TO body");

it("steps are applied once, in their order, also to an object that has some of them", () =>
  inDurableObject(async ({ storage }) => {
    applySchemaSteps(storage, "Notes", [createTable]);
    storage.sql.exec("INSERT INTO notes (text) VALUES ('first')");
    for (let times = 0; times < 2; times++) applySchemaSteps(storage, "Notes", [createTable, renameColumn]);
    expect(storage.sql.exec("SELECT * FROM notes").toArray()).toEqual([{ body: "first" }]);
  }));

it("a step that fails leaves nothing of itself behind, and is applied again", () =>
  inDurableObject(async ({ storage }) => {
    const fail: SchemaStep = (one) => {
      renameColumn(one);
      throw new Error("the machine stops here");
    };
    expect(() => applySchemaSteps(storage, "Notes", [createTable, fail])).toThrow("stops here");
    expect(storage.sql.exec("SELECT text FROM notes").toArray()).toEqual([]);
    applySchemaSteps(storage, "Notes", [createTable, renameColumn]);
    expect(storage.sql.exec("SELECT body FROM notes").toArray()).toEqual([]);
  }));

it("older code stops with a sentence that names the class, both versions and what to do, and changes nothing", () =>
  inDurableObject(async ({ storage }) => {
    applySchemaSteps(storage, "Notes", [createTable, renameColumn]);
    expect(() => applySchemaSteps(storage, "Notes", [createTable])).toThrow(
      /^Notes holds data of version 2, but this version of the worker only knows data up to version 1\. .*deploy the newer version of the worker again\.$/,
    );
    applySchemaSteps(storage, "Notes", [createTable, renameColumn]);
    expect(storage.sql.exec("SELECT body FROM notes").toArray()).toEqual([]);
  }));
