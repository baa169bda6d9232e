import { dayOf, exactTimeOf, timeOf } from '../../i18n/format';
import { differsFromReader, languageName } from '../../i18n/languages';
import { language } from '../../i18n/words';
import type { Item } from '../../store/api';
import type { ConversationWords } from '../conversation/conversation-view';
import { authorName, excerpt } from '../conversation/texts';
import { Initials } from '../pieces/initials';
import { richText } from '../pieces/rich-text';
import { now } from '../today';
import { messageState } from './message-state';
import { reactionList } from './reactions';

interface MessageRowProps {
  item: Item;
  startsRun: boolean;
  startsDay: number | undefined;
  startsUnread: boolean;
  /** The run goes on in another language. */
  changesLanguage: boolean;
  /** The reader's newest message: the one whose state is said also when all is well. */
  newestOwn: boolean;
  quoted: Item | undefined;
  mayReact: boolean;
  numbered: boolean;
  /** There is something one can do with it. */
  hasMenu: boolean;
  /** What it is here beside a text. */
  mark: string | undefined;
  says: ConversationWords;
}

const longestName = 500;
const longestQuote = 120;

/**
 * One message with what its place adds. It reads signals and has no state of its own, so it is drawn again only when a
 * property changed. What is pressed in it is handled by the log, by `data-act`.
 *
 * Its parts are functions and no components: on a slow phone a component costs more than the few elements it is of.
 * The article stays the same element when its message is removed: the keyboard that is on it stays there.
 */
export function MessageRow(props: MessageRowProps) {
  const { item, startsDay, startsUnread, says } = props;
  const isRemoved = item.removed !== undefined;
  return (
    <div class="log-row" data-key={item.key}>
      {startsDay !== undefined && <h2 class="log-day"><span>{dayOf(startsDay, now.value)}</span></h2>}
      {startsUnread && <p class="log-unread"><span>{says.log.unread}</span></p>}
      <article class={classesOf(props)} tabIndex={-1} aria-label={isRemoved ? removalSentence(props) : nameOf(props)}>
        {isRemoved ? removed(props) : message(props)}
      </article>
    </div>
  );
}

function classesOf({ item, startsRun, mark }: MessageRowProps): string {
  if (item.removed !== undefined) return 'message is-removed';
  return ['message', item.mine ? 'is-own' : '', startsRun ? 'starts-run' : '', mark === undefined ? '' : 'is-marked', item.intent?.state ?? ''].filter(Boolean).join(' ');
}

function removalSentence({ item, says: { message: says } }: MessageRowProps): string {
  return {
    author: item.mine ? says.removedByYou : says.removedByAuthor,
    host: says.removedByHost,
    moderator: says.removedByModerator,
  }[item.removed?.by ?? 'author'];
}

function nameOf({ item, numbered, mark, says: { message: says } }: MessageRowProps): string {
  const time = timeOf(item.at);
  const text = excerpt(item, longestName);
  const name = item.mine ? says.nameOwn({ time, text }) : says.name({ author: authorName(item), time, text });
  const number = numbered && item.pos !== undefined ? says.number({ pos: item.pos }) : undefined;
  return [number, mark, name].filter(Boolean).join(', ');
}

function removed(props: MessageRowProps) {
  return (
    <p class="message-removed">
      {removalSentence(props)}
      {props.hasMenu && more(props)}
    </p>
  );
}

function more({ says }: MessageRowProps) {
  return (
    <button type="button" class="message-more" tabIndex={-1} data-act="more" aria-label={says.message.more}>
      <span aria-hidden="true">•••</span>
    </button>
  );
}

function message(props: MessageRowProps) {
  const { item, startsRun, changesLanguage, newestOwn, quoted, mayReact, says } = props;
  const inOtherLanguage = differsFromReader(item.lang, language.value) && (startsRun || changesLanguage);
  return (
    <>
      <div class="message-side">
        {startsRun && item.author !== undefined && Initials(item.author)}
      </div>
      <div class="message-main">
        {startsRun && messageHead(props, timeOf(item.at), inOtherLanguage)}
        <div class="message-line">
          <div class="bubble">
            {item.replyTo !== undefined && quote(quoted, says)}
            {messageText(item)}
            {(item.editedAt !== undefined || (inOtherLanguage && !startsRun)) && (
              <p class="bubble-notes">
                {inOtherLanguage && !startsRun && languageMark(item.lang)}
                {item.editedAt !== undefined && <span title={exactTimeOf(item.editedAt)}>{says.message.edited}</span>}
              </p>
            )}
          </div>
          {more(props)}
        </div>
        {item.reactions.length > 0 && reactionList(item.reactions, mayReact)}
        {messageState(item, newestOwn)}
      </div>
    </>
  );
}

function messageHead({ item, numbered, mark, says }: MessageRowProps, time: string, showsLanguage: boolean) {
  return (
    <p class="message-head">
      <span class="message-author" dir="auto">{authorName(item)}</span>
      {item.author?.role === 'host' && <span class="message-role">{says.message.host}</span>}
      <time class="message-time" dateTime={new Date(item.at).toISOString()}>{time}</time>
      {showsLanguage && languageMark(item.lang)}
      {mark !== undefined && <span class="message-mark">{mark}</span>}
      {numbered && item.pos !== undefined && <span class="message-number">{says.message.number({ pos: item.pos })}</span>}
    </p>
  );
}

function languageMark(tag: string) {
  const name = languageName(tag);
  return name === '' ? null : <span class="message-language" lang={tag}>{name}</span>;
}

function messageText(item: Item) {
  if (item.body === undefined) {
    return <div class="rich-text is-plain" lang={item.lang} dir="auto">{item.text}</div>;
  }
  return <div class="rich-text" lang={item.lang} dir="auto">{richText(item.body)}</div>;
}

/** What a reply answers: a reference, so an edit or a removal shows here too. */
function quote(quoted: Item | undefined, { message: says }: ConversationWords) {
  return (
    <button type="button" class="quote" tabIndex={-1} data-act="quote" title={says.goTo}>
      {quoted === undefined || quoted.removed !== undefined ? (
        <span class="quote-author">{quoted === undefined ? says.replyToUnknown : says.replyToRemoved}</span>
      ) : (
        <>
          <span class="quote-author">{says.replyTo({ author: authorName(quoted) })}</span>
          <span class="quote-text" lang={quoted.lang} dir="auto">{excerpt(quoted, longestQuote)}</span>
        </>
      )}
    </button>
  );
}
