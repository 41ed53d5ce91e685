import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { explainMissing, findInterpreter, type Surroundings } from "../../src/interpreter";

/** A machine: which paths are there, and the version of the Python at each ("" for what is no Python). */
type Machine = Readonly<Record<string, string>>;

const EVERYTHING: Machine = {
  "/set/python": "3.13.0",
  "/chosen/python": "3.12.1",
  "/ws/.venv/bin/python": "3.11.2",
  "/usr/bin/python3": "3.10.0",
};

function on(machine: Machine, given: Partial<Surroundings> = {}): Surroundings {
  return {
    setting: "",
    folders: ["/ws"],
    trusted: true,
    searchPath: "/usr/local/bin:/usr/bin",
    platform: "linux",
    chosen: async () => undefined,
    realPath: async (path) => (path in machine ? path : undefined),
    probe: async (path) => {
      const version = machine[path];
      return version ? { version } : { failure: "is no Python that can be run" };
    },
    ...given,
  };
}

async function found(machine: Machine, given: Partial<Surroundings> = {}): Promise<string | undefined> {
  return (await findInterpreter(on(machine, given))).interpreter?.path;
}

const chosen = async () => "/chosen/python";

describe("the order", () => {
  test("the setting is first", async () => {
    assert.equal(await found(EVERYTHING, { setting: "/set/python", chosen }), "/set/python");
  });
  test("then what the Python extension has selected", async () => {
    assert.equal(await found(EVERYTHING, { chosen }), "/chosen/python");
  });
  test("then the workspace's .venv", async () => {
    assert.equal(await found(EVERYTHING), "/ws/.venv/bin/python");
  });
  test("then PATH", async () => {
    assert.equal(await found({ "/usr/bin/python3": "3.10.0" }), "/usr/bin/python3");
  });
  test("of several folders the first that has a .venv counts", async () => {
    const machine = { "/b/.venv/bin/python": "3.11.0", "/c/.venv/bin/python": "3.12.0" };
    assert.equal(await found(machine, { folders: ["/a", "/b", "/c"] }), "/b/.venv/bin/python");
  });
  test("on PATH `python3` comes before `python`, in whichever folder", async () => {
    const machine = { "/usr/local/bin/python": "3.12.0", "/usr/bin/python3": "3.11.0" };
    assert.equal(await found(machine), "/usr/bin/python3");
  });
});

describe("what does not fit", () => {
  test("a wrong setting is told, and nothing else is taken", async () => {
    const { interpreter, rejected } = await findInterpreter(
      on(EVERYTHING, { setting: "/usr/bin/ls", chosen }),
    );
    assert.equal(interpreter, undefined);
    assert.match(explainMissing(rejected), /hpman\.interpreter is \/usr\/bin\/ls, which is no Python/);
  });
  test("one that is too old is passed over", async () => {
    const machine = {
      "/ws/.venv/bin/python": "3.9.18",
      "/usr/bin/python3": "3.9.2",
      "/usr/bin/python3.12": "3.12.0",
    };
    assert.equal(await found(machine), "/usr/bin/python3.12");
  });
  test("versions are compared as numbers", async () => {
    assert.equal(await found({ "/usr/bin/python3": "3.9.0" }), undefined);
    assert.equal(await found({ "/usr/bin/python3": "4.0.0" }), "/usr/bin/python3");
    assert.equal(await found({ "/usr/bin/python3": "2.7.18" }), undefined);
  });
  test("the message names what was tried, and why it did not do", async () => {
    const { rejected } = await findInterpreter(on({ "/usr/bin/python3": "3.9.2" }));
    assert.match(
      explainMissing(rejected),
      /Python 3\.10 or newer .*\(\/usr\/bin\/python3 is Python 3\.9\.2\)/,
    );
    assert.match(explainMissing([]), /found none\.$/);
  });
  test("nothing is run twice", async () => {
    const run: string[] = [];
    const probe = async (path: string) => {
      run.push(path);
      return { failure: "is no Python that can be run" };
    };
    const machine = { "/usr/bin/python3": "" };
    await findInterpreter(
      on(machine, { probe, searchPath: "/usr/bin:/usr/bin", chosen: async () => "/usr/bin/python3" }),
    );
    assert.deepEqual(run, ["/usr/bin/python3"]);
  });
  test("a relative entry of PATH is left out: it is a folder of the workspace", async () => {
    assert.equal(
      await found({ "bin/python3": "3.12.0", python3: "3.12.0" }, { searchPath: "bin:.::" }),
      undefined,
    );
  });
});

describe("a workspace that is not trusted", () => {
  const trusted = false;
  test("has neither its .venv nor the selected Python run", async () => {
    assert.equal(await found(EVERYTHING, { trusted, chosen }), "/usr/bin/python3");
  });
  test("has nothing run that lies in it, though it is on PATH", async () => {
    const machine = { "/ws/bin/python3": "3.12.0", "/usr/bin/python3": "3.10.0" };
    assert.equal(await found(machine, { trusted, searchPath: "/ws/bin:/usr/bin" }), "/usr/bin/python3");
  });
  test("has nothing run that a link leads into it", async () => {
    const real: Record<string, string> = { "/links/python3": "/real/ws/python3", "/ws": "/real/ws" };
    const given = { trusted, searchPath: "/links", realPath: async (path: string) => real[path] };
    assert.equal(await found({ "/links/python3": "3.12.0" }, given), undefined);
  });
  test("does not forbid a folder whose name begins like its own", async () => {
    assert.equal(
      await found({ "/ws-tools/python3": "3.12.0" }, { trusted, searchPath: "/ws-tools" }),
      "/ws-tools/python3",
    );
    assert.equal(await found({ "/ws/..x/python3": "3.12.0" }, { trusted, searchPath: "/ws/..x" }), undefined);
  });
  test("allows the setting, which is the user's own there", async () => {
    assert.equal(await found(EVERYTHING, { trusted, setting: "/set/python" }), "/set/python");
  });
});

describe("Windows", () => {
  const windows = { platform: "win32" as const, folders: ["C:\\ws"], searchPath: "C:\\Python312;.\\x" };
  test("has the .venv's Python in Scripts", async () => {
    const machine = { "C:\\ws\\.venv\\Scripts\\python.exe": "3.11.0" };
    assert.equal(await found(machine, windows), "C:\\ws\\.venv\\Scripts\\python.exe");
  });
  test("has python.exe on PATH, and the launcher", async () => {
    assert.equal(
      await found({ "C:\\Python312\\python.exe": "3.12.0" }, windows),
      "C:\\Python312\\python.exe",
    );
    assert.equal(await found({ "C:\\Python312\\py.exe": "3.12.0" }, windows), "C:\\Python312\\py.exe");
  });
  test("another drive lies in no workspace", async () => {
    const machine = { "D:\\py\\python.exe": "3.12.0" };
    assert.equal(
      await found(machine, { ...windows, trusted: false, searchPath: "D:\\py" }),
      "D:\\py\\python.exe",
    );
  });
});
