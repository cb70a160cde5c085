import type { LinkView } from '../../preload/contract.ts';
import type { LinkActions } from '../state/link-actions.ts';
import type { OpenPanel } from '../state/use-list-view.ts';
import type { LinkCommand } from '../view/link-command.ts';
import { isActive } from '../view/shown-state.ts';

interface LinkCommandDeps {
  readonly links: readonly LinkView[];
  readonly actions: LinkActions;
  readonly nowMs: number;
  readonly panel: OpenPanel | null;
  /** The window stays open after a link was copied. */
  readonly isKeptOpen: boolean;
  readonly setPanel: (panel: OpenPanel | null) => void;
  readonly setActiveId: (id: string | null) => void;
  readonly focusList: () => void;
}

/** Performs commands on links of the list. */
export class LinkCommands {
  readonly #deps: LinkCommandDeps;

  constructor(deps: LinkCommandDeps) {
    this.#deps = deps;
  }

  closePanel(): void {
    this.#deps.setPanel(null);
    this.#deps.focusList();
  }

  run(command: LinkCommand, link: LinkView): void {
    const { actions, isKeptOpen, nowMs, panel, setPanel, focusList } = this.#deps;
    const opens = isActive(link, nowMs);
    switch (command) {
      case 'activate':
        if (opens) void actions.copy(link.id, isKeptOpen ? undefined : 'hide');
        else this.run('toggle', link);
        return;
      case 'copy':
        if (opens) void actions.copy(link.id);
        return;
      case 'test':
        void actions.test(link.id);
        return;
      case 'open':
        if (opens) void actions.open(link.id);
        return;
      case 'options':
        setPanel({ id: link.id, kind: 'options' });
        return;
      case 'revoke':
        this.#revoke(link, opens);
        return;
      case 'revoke-now':
        this.closePanel();
        void actions.revoke(link.id);
        return;
      case 'undo':
        // A share that can't be restored afterwards is confirmed first.
        if (link.revokesWithUndo) this.#undo(link);
        else setPanel({ id: link.id, kind: 'confirm-undo' });
        return;
      case 'undo-now':
        this.#undo(link);
        return;
      case 'restore':
        void actions.restore(link.id).then(focusList);
        return;
      case 'remove':
        this.#remove(link);
        return;
      case 'toggle':
        setPanel(panel?.id === link.id ? null : { id: link.id, kind: 'details' });
        return;
      case 'select-all':
        return;
    }
  }

  #revoke(link: LinkView, opens: boolean): void {
    const { actions, setPanel } = this.#deps;
    if (opens && link.revokesWithUndo) {
      // A revoke that can be undone is not confirmed.
      this.closePanel();
      void actions.revoke(link.id);
    } else if (opens) setPanel({ id: link.id, kind: 'confirm-revoke' });
    // A key that is held down must not remove a link that can still be restored.
    else if (link.state !== 'revoking' && link.restorableUntilMs === undefined) this.#remove(link);
  }

  #undo(link: LinkView): void {
    this.closePanel();
    void this.#deps.actions.undo(link.id);
  }

  #remove(link: LinkView): void {
    const { links, actions, setActiveId, focusList } = this.#deps;
    const at = links.indexOf(link);
    setActiveId((links[at + 1] ?? links[at - 1])?.id ?? null);
    void actions.removeLinks([link.id]).then(focusList);
  }
}
