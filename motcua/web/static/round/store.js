/* IndexedDB in promises: `plain` holds single values by name, `works` what was done, in the order it was done. */
let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("motcua-vong", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("plain");
      asked.result.createObjectStore("works", { keyPath: "n", autoIncrement: true });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

/* Resolves when the change lies on the disk: a phone that dies the next moment has it. */
async function run(store, mode, ask) {
  const db = await open();
  return new Promise((resolve, reject) => {
    const tx = db.transaction(store, mode, { durability: "strict" });
    const asked = ask(tx.objectStore(store));
    tx.oncomplete = () => resolve(asked?.result);
    tx.onerror = tx.onabort = () => reject(tx.error);
  });
}

export const read = (name) => run("plain", "readonly", (s) => s.get(name));
export const write = (name, value) => run("plain", "readwrite", (s) => s.put(value, name));
export const forget = (name) => run("plain", "readwrite", (s) => s.delete(name));
export const works = () => run("works", "readonly", (s) => s.getAll());
export const addWork = (work) => run("works", "readwrite", (s) => s.add(work));
export const putWork = (work) => run("works", "readwrite", (s) => s.put(work));
export const dropWork = (n) => run("works", "readwrite", (s) => s.delete(n));
