// Photos of walks: made smaller before they wait or travel, held in IndexedDB until they have
// arrived; where the browser has none, in the memory of the page.

const LONGEST_SIDE = 1600;
const MOST_BYTES = 10_000_000;
const READABLE = new Set(["image/png", "image/jpeg", "image/webp"]);
const inMemory = new Map();

function within(mode, act) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("waymark-walks", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("photos");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction("photos", mode);
      const request = act(transaction.objectStore("photos"));
      transaction.oncomplete = () => {
        database.close();
        resolve(request.result);
      };
      transaction.onabort = () => {
        database.close();
        reject(transaction.error);
      };
    };
  });
}

/** Whether the photo outlives the page. */
export async function holdPhoto(id, blob) {
  try {
    await within("readwrite", (store) => store.put(blob, id));
    inMemory.delete(id);
    return true;
  } catch {
    inMemory.set(id, blob);
    return false;
  }
}

export async function heldPhoto(id) {
  if (inMemory.has(id)) return inMemory.get(id);
  try {
    return (await within("readonly", (store) => store.get(id))) ?? null;
  } catch {
    return null;
  }
}

export async function releasePhoto(id) {
  inMemory.delete(id);
  try {
    await within("readwrite", (store) => store.delete(id));
  } catch {
    // It was never held there.
  }
}

/** The picture on a canvas, its longest side 1600 pixels at most. */
export async function drawn(blob) {
  const bitmap = await createImageBitmap(blob);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}

/** What is to be sent of a chosen file; null where it is no picture that anybody can read. */
export async function smaller(file) {
  try {
    const canvas = await drawn(file);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.86));
    return { blob, canvas };
  } catch {
    return READABLE.has(file.type) && file.size <= MOST_BYTES ? { blob: file, canvas: null } : null;
  }
}
