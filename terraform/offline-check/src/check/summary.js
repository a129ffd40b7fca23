// What a run of the tests came to, in one line after the dots.

/** A reporter of node:test. */
export default async function* summary(events) {
  const counts = new Map();
  for await (const event of events) {
    const count = event.type === 'test:diagnostic' && /^(pass|fail|skipped) (\d+)$/.exec(event.data.message);
    if (count) {
      counts.set(count[1], count[2]);
    }
  }
  yield `${counts.get('pass')} passed, ${counts.get('fail')} failed, ${counts.get('skipped')} skipped\n`;
}
