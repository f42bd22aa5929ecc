import { it } from "vitest";
import { inDurableObject } from "../push/in-durable-object.ts";

// With Vitest's own console it never ended: a line from an object waits there for the next message of a test, and the run for that line.
it("a run ends while a Durable Object still logs", async () => {
  void inDurableObject(async () => {
    for (let line = 1; line <= 20; line += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      console.log(`a Durable Object logs line ${line}`);
    }
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
});
