// What waits to be sent, on disk: it survives a reload and a crash. Keyed by person and attempt.

const STORE = "letters";

/** Letters of one person's attempt. Works in memory alone where there is no IndexedDB. */
export class Shelf {
  constructor(person, attempt) {
    this.box = `${person}/${attempt}`;
    this.tab = crypto.getRandomValues(new Uint32Array(2)).join("-");
    this.opened = open().catch(() => null);
    hold(`${this.box}/${this.tab}`);
  }

  /**
   * What other pages left behind. Those that are gone at once; of those that are still open (or not
   * quite gone) `later(letters)` brings it when they go.
   */
  async adopt(later) {
    const alive = await held(`${this.box}/`);
    const tabs = new Set((await this.all()).map((letter) => letter.tab));
    for (const tab of alive) {
      if (tab !== this.tab) navigator.locks.request(`${this.box}/${tab}`, async () => later(await this.takeOver((each) => each === tab)));
    }
    return this.takeOver((tab) => tabs.has(tab) && tab !== this.tab && !alive.has(tab));
  }

  async takeOver(isGone) {
    const orphans = (await this.all()).filter((letter) => isGone(letter.tab));
    for (const letter of orphans) await this.remove(letter);
    return orphans.sort((one, other) => one.serial - other.serial);
  }

  async all() {
    return (await this.run("readonly", (store) => store.index("box").getAll(this.box))) ?? [];
  }

  put(letter) {
    letter.tab = this.tab;
    return this.run("readwrite", (store) => store.put({ ...letter, box: this.box, key: this.key(letter) }));
  }

  remove(letter) {
    return this.run("readwrite", (store) => store.delete(this.key(letter)));
  }

  key(letter) {
    return `${this.box}/${letter.tab}/${letter.serial}`;
  }

  async run(mode, work) {
    const database = await this.opened;
    if (!database) return null;
    try {
      return await settled(work(database.transaction(STORE, mode).objectStore(STORE)));
    } catch {
      return null; // a full disk: memory still holds it
    }
  }
}

function open() {
  const request = indexedDB.open("clean-claim-room", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" }).createIndex("box", "box");
  return settled(request);
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(request.error);
  });
}

/** A lock that lasts as long as this page does. */
function hold(name) {
  navigator.locks?.request(name, () => new Promise(() => {}));
}

/** The pages that are open, by the names of their locks. */
async function held(prefix) {
  const locks = await navigator.locks?.query();
  const names = (locks?.held ?? []).map((lock) => lock.name).filter((name) => name.startsWith(prefix));
  return new Set(names.map((name) => name.slice(prefix.length)));
}
