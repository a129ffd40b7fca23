/** Maps items with at most `width` of them under way at once; the results keep the items' order. */
export async function pooled(items, width, work) {
  const results = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
