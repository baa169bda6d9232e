import { Copy, ExternalLink, MessageSquareQuote, Pencil, Reply, RotateCcw, Trash2, X } from 'lucide-preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

import { trapFocus } from '../../a11y/focus-trap';
import { words } from '../../i18n/words';
import type { Item } from '../../store/api';
import { linksOf } from '../pieces/rich-text';
import { authorName, useRoomView, type MenuFor } from '../room/room-view';

const quickReactions = ['👍', '❤️', '👏', '😊', '💡', '🙏'];

/** What one can do with one message: beside it on a wide screen, from below on a phone. */
export function MessageMenu({ asked }: { asked: MenuFor }) {
  const view = useRoomView();
  const box = useRef<HTMLDivElement>(null);
  void view.room.log.version.value;
  const item = view.item(asked.key);
  const close = (): void => {
    view.menu.value = undefined;
  };

  // Before it is painted: a key pressed as soon as it is seen is for it.
  useLayoutEffect(() => {
    if (box.current === null) return undefined;
    placeBeside(box.current, asked.opener);
    return trapFocus(box.current, box.current.querySelector('button'), asked.opener);
  }, []);
  useEffect(() => {
    if (item === undefined || item.removed !== undefined) close();
  });
  if (item === undefined || item.removed !== undefined) return null;

  const says = words.value.actions;
  return (
    <div
      class="menu-back"
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          close();
        } else moveByArrows(event, box.current);
      }}
    >
      <div class="menu-shade" onClick={close} />
      <div
        class="menu"
        role="dialog"
        aria-modal="true"
        aria-label={item.mine ? says.titleOwn : says.title({ author: authorName(item) })}
        tabIndex={-1}
        ref={box}
      >
        {view.room.mayPost.value && item.id !== undefined && <QuickReactions item={item} close={close} />}
        <MenuActs item={item} close={close} />
        <button type="button" class="menu-act not-laptop" onClick={close}>
          <X size={20} aria-hidden="true" />
          <span>{says.close}</span>
        </button>
      </div>
    </div>
  );
}

interface PartProps {
  item: Item;
  close(): void;
}

function QuickReactions({ item, close }: PartProps) {
  const { room } = useRoomView();
  const says = words.value.actions;
  return (
    <div class="menu-reactions" role="group" aria-label={says.react}>
      {quickReactions.map((emoji) => {
        const mine = item.reactions.some((reaction) => reaction.emoji === emoji && reaction.mine);
        return (
          <button
            key={emoji}
            type="button"
            class={mine ? 'menu-reaction is-mine' : 'menu-reaction'}
            aria-label={mine ? says.unreactWith({ emoji }) : says.reactWith({ emoji })}
            onClick={() => {
              if (item.id !== undefined) room.react(item.id, emoji, !mine);
              close();
            }}
          >
            <span aria-hidden="true">{emoji}</span>
          </button>
        );
      })}
    </div>
  );
}

function MenuActs({ item, close }: PartProps) {
  const view = useRoomView();
  const { room } = view;
  const says = words.value;
  const after = (act: () => void) => (): void => {
    close();
    act();
  };
  const published = item.id !== undefined;
  const writes = room.mayPost.value && published;
  const stopped = item.intent?.state === 'failed' || item.intent?.state === 'aged' ? item.intent : undefined;
  return (
    <>
      {stopped !== undefined && (
        <>
          <Act icon={RotateCcw} words={says.message.retry} onPress={after(() => room.retry(stopped.key))} />
          <Act icon={Trash2} words={says.message.discard} onPress={after(() => view.discard(stopped.key))} />
        </>
      )}
      {writes && <Act icon={Reply} words={says.actions.reply} onPress={after(() => view.reply(item))} />}
      {item.replyTo !== undefined && (
        <Act
          icon={MessageSquareQuote}
          words={says.message.goTo}
          onPress={after(() => {
            if (item.replyTo !== undefined) view.target.value = { id: item.replyTo.id, pos: item.replyTo.pos };
          })}
        />
      )}
      <Act icon={Copy} words={says.actions.copy} onPress={after(() => void view.copy(item))} />
      {linksOf(item.body ?? []).map(({ href, text }) => (
        <a key={href} class="menu-act" href={href} target="_blank" rel="noopener noreferrer nofollow" onClick={close}>
          <ExternalLink size={20} aria-hidden="true" />
          <span>{says.actions.open({ link: text === '' ? href : text })}</span>
        </a>
      ))}
      {writes && item.mine && <Act icon={Pencil} words={says.actions.edit} onPress={after(() => view.edit(item))} />}
      {published && (item.mine || room.moderates.value) && (
        <Act
          icon={Trash2}
          words={says.actions.remove}
          danger
          onPress={after(() => {
            view.removing.value = item.key;
          })}
        />
      )}
    </>
  );
}

interface ActProps {
  icon: typeof Copy;
  words: string;
  danger?: boolean;
  onPress(): void;
}

function Act({ icon: Icon, words: label, danger = false, onPress }: ActProps) {
  return (
    <button type="button" class={danger ? 'menu-act is-danger' : 'menu-act'} onClick={onPress}>
      <Icon size={20} aria-hidden="true" />
      <span>{label}</span>
    </button>
  );
}

const gap = 6;

/** Under the message, or above where there is no room; on a phone the style sheet puts it at the bottom. */
function placeBeside(box: HTMLElement, opener: HTMLElement): void {
  if (!matchMedia('(min-width: 40.0625em)').matches) return;
  const line = (opener.querySelector('.message-line') ?? opener).getBoundingClientRect();
  const bubble = (opener.querySelector('.bubble') ?? opener).getBoundingClientRect();
  const below = line.bottom + gap;
  const fits = below + box.offsetHeight < innerHeight;
  const top = Math.max(gap, fits ? below : Math.min(line.top - gap, innerHeight) - box.offsetHeight);
  const left = Math.max(gap, Math.min(bubble.left, innerWidth - box.offsetWidth - gap));
  box.style.top = `${top}px`;
  box.style.left = `${left}px`;
}

function moveByArrows(event: KeyboardEvent, box: HTMLElement | null): void {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (step === undefined || box === null) return;
  event.preventDefault();
  const stops = [...box.querySelectorAll<HTMLElement>('button, a')].filter((stop) => stop.getClientRects().length > 0);
  const at = stops.findIndex((stop) => stop === document.activeElement);
  stops[(at + step + stops.length) % stops.length]?.focus();
}
