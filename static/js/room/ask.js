// One request to the server. What comes back counts only if it is JSON of ours.

const PATIENCE = 15_000;

/**
 * Post `fields` (pairs) or `json`, or get if there is neither. Never throws: status 0 means that
 * no answer of ours arrived, whatever a captive portal may have said.
 */
export async function ask(path, { fields, json, token } = {}) {
  const options = { headers: { Accept: "application/json" }, cache: "no-store", redirect: "follow" };
  if (fields || json) {
    options.method = "POST";
    options.keepalive = true; // outlives the page
    options.headers["X-CSRFToken"] = token;
    options.body = fields ? new URLSearchParams(fields) : JSON.stringify(json);
  }
  if (json) options.headers["Content-Type"] = "application/json";
  try {
    const response = await fetch(path, { ...options, signal: AbortSignal.timeout(PATIENCE) });
    if (!(response.headers.get("Content-Type") ?? "").startsWith("application/json")) return { status: 0, body: null };
    const body = await response.json();
    const isOurs = body !== null && typeof body === "object" && (response.ok || typeof body.error === "string");
    return isOurs ? { status: response.status, body } : { status: 0, body: null };
  } catch {
    return { status: 0, body: null };
  }
}

/** A page of ours as a document; null if anything else came. */
export async function page(path) {
  try {
    const response = await fetch(path, { headers: { Accept: "text/html" }, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) return null;
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return null;
  }
}
