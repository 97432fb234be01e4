/* The service worker of the round. It keeps the files of the page and nothing else: no answer about anybody ever lies
   in its cache, so none can be shown to somebody else. MADE (home, version, shell) stands before this text. */
const CACHE = `vong-${MADE.version}`;
const shell = new Set(MADE.shell);

self.addEventListener("install", (event) => {
  const fresh = MADE.shell.map((address) => new Request(address, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(clean().then(() => self.clients.claim()));
});

async function clean() {
  for (const name of await caches.keys()) if (name.startsWith("vong-") && name !== CACHE) await caches.delete(name);
}

self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (shell.has(pathname)) event.respondWith(kept(request, pathname));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => Response.redirect(MADE.home)));
});

async function kept(request, pathname) {
  const cache = await caches.open(CACHE);
  return (await cache.match(pathname)) || fetch(request);
}

/* The signal is back: whoever has the page open and unlocked sends. Locked, nothing can be read, so nothing is sent. */
self.addEventListener("sync", (event) => {
  event.waitUntil(self.clients.matchAll({ type: "window" }).then((open) => open.forEach((one) => one.postMessage("sync"))));
});
