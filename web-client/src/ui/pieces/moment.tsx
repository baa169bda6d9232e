import { exactTimeOf, momentOf } from '../../i18n/format';
import { now } from '../today';

/** When something was written, as short as the reader needs it. */
export function Moment({ at }: { at: number }) {
  return <time dateTime={new Date(at).toISOString()} title={exactTimeOf(at)}>{momentOf(at, now.value)}</time>;
}
