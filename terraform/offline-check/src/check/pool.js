/**
 * Maps items with at most `width` of them under way at once; the results keep the items' order. A failure is thrown when everything begun
 * has ended, not before: Terraform kills the process whose provider it loses, which is this one.
 */
export async function pooled(items, width, work) {
  const results = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  const ends = await Promise.allSettled(Array.from({ length: width }, worker));
  const failed = ends.find(({ status }) => status === "rejected");
  if (failed) throw failed.reason;
  return results;
}
