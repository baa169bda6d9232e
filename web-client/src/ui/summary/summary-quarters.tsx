import { dateOf, dayNumber, numberOf, timeOf } from '../../i18n/format';
import { summaryWords } from '../../i18n/words';
import type { SummaryQuarter } from '../../protocol/generated';

/** People and messages by quarter of an hour: the numbers, each with a bar beside it. */
export function SummaryQuarters({ quarters }: { quarters: readonly SummaryQuarter[] }) {
  const says = summaryWords.value;
  if (quarters.length === 0) return null;
  const mostPeople = Math.max(...quarters.map(({ people }) => people));
  const mostMessages = Math.max(...quarters.map(({ messages }) => messages));
  return (
    <section class="summary-part" aria-labelledby="summary-quarters">
      <h2 id="summary-quarters" class="summary-heading">{says.quarters}</h2>
      <p class="field-hint">{says.quartersSays}</p>
      <table class="summary-table is-chart" aria-labelledby="summary-quarters">
        <thead>
          <tr>
            <th scope="col">{says.from}</th>
            <th scope="col">{says.peopleColumn}</th>
            <th scope="col">{says.messagesColumn}</th>
          </tr>
        </thead>
        <tbody>
          {quarters.map(({ at, people, messages }, index) => (
            <tr key={at}>
              <th scope="row">{momentOf(at, quarters[index - 1]?.at ?? quarters[quarters.length - 1]?.at ?? at)}</th>
              <td><Bar count={people} most={mostPeople} kind="people" /></td>
              <td><Bar count={messages} most={mostMessages} kind="messages" /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The time; with the date where a day begins, and at the first when there are several. */
function momentOf(at: number, other: number): string {
  return dayNumber(at) === dayNumber(other) ? timeOf(at) : `${dateOf(at)}, ${timeOf(at)}`;
}

function Bar({ count, most, kind }: { count: number; most: number; kind: 'people' | 'messages' }) {
  const width = most === 0 ? 0 : (count / most) * 100;
  return (
    <span class={`summary-bar is-${kind}`}>
      <span class="summary-count">{numberOf(count)}</span>
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <rect x="0" y="0" width={width} height="10" />
      </svg>
    </span>
  );
}
