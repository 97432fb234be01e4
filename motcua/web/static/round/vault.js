/* What lies on the phone is sealed with AES-GCM under a random key; that key is sealed under the postman's PIN.
   A new PIN therefore seals one key anew and not the whole day. */
const ROUNDS = 310_000;
const text = new TextEncoder();

export const fresh = () => crypto.getRandomValues(new Uint8Array(32));
export const keyOf = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

async function pinKey(pin, salt, rounds) {
  const base = await crypto.subtle.importKey("raw", text.encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/* What to keep so that only the PIN finds `raw` again. */
export async function wrap(pin, raw) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  return { salt, rounds: ROUNDS, wrapped: await encrypt(await pinKey(pin, salt, ROUNDS), raw) };
}

/* The key behind the PIN, or null when the PIN is wrong. */
export async function unwrap(pin, { salt, rounds, wrapped }) {
  const key = await pinKey(pin, salt, rounds);
  try { return new Uint8Array(await decrypt(key, wrapped)); } catch { return null; }
}

export const seal = (key, value) => encrypt(key, text.encode(JSON.stringify(value)));
export const unseal = async (key, sealed) => JSON.parse(new TextDecoder().decode(await decrypt(key, sealed)));

async function encrypt(key, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
}

const decrypt = (key, { iv, data }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data);

export function base64(bytes) {
  let binary = "";
  for (const byte of new Uint8Array(bytes)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

export const base64url = (bytes) => base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
export const fromBase64url = (said) =>
  Uint8Array.from(atob(said.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));

/* Why a PIN will not do, as the name of a sentence; "" when it will. */
export function pinFault(pin, again = pin) {
  if (!/^\d{6,12}$/.test(pin)) return "pin_short";
  const steps = new Set([...pin].slice(1).map((digit, n) => digit - pin[n]));
  if (steps.size === 1 && [0, 1, -1].includes([...steps][0])) return "pin_easy";
  return pin === again ? "" : "pin_differs";
}
