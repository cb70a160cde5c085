import type {
  AppState,
  CallName,
  FailureView,
  LinkifyBridge,
  LinkView,
  OptionsChange,
  Outcome,
  StateChange,
  UndoView,
} from '../../preload/contract.ts';

/** A call that the page made, for tests to look at. */
export interface BridgeCall {
  readonly method: string;
  readonly args: readonly unknown[];
}

/** What tests reach inside the page. */
export interface FakeBridge {
  readonly calls: readonly BridgeCall[];
  /** Changes the state and tells the page, as the main process would. */
  push(change: Partial<AppState>, shown?: boolean): void;
  /** Changes it without a word, as if the telling had been missed. */
  missed(change: Partial<AppState>): void;
  /** The next call of a method fails with this. */
  failNext(method: string, failure: FailureView): void;
}

declare global {
  interface Window {
    fake: FakeBridge;
  }
}

/**
 * Puts a `window.linkify` into a page that has no preload. It runs inside the page,
 * sent there as source: it may use nothing from outside itself.
 */
export function installFakeBridge(given: {
  readonly state: AppState;
  /** All calls of the table; those that nothing is written for here answer null. */
  readonly names: readonly CallName[];
}): void {
  let state: AppState = { ...given.state, revision: 0 };
  const calls: BridgeCall[] = [];
  const failures = new Map<string, FailureView>();
  const listeners = new Set<(change: StateChange) => void>();

  const push = (change: Partial<AppState>, shown = false): void => {
    const base = state.revision ?? 0;
    const links = change.links && {
      start: 0,
      removed: state.links.length,
      added: change.links,
    };
    state = { ...state, ...change, revision: base + 1 };
    const { links: _all, revision: _revision, ...small } = state;
    const told = {
      shown,
      state: small,
      base,
      revision: base + 1,
      ...(links ? { links: [links] } : {}),
    };
    for (const listener of listeners) listener(structuredClone(told));
  };
  const answer = <T>(method: string, args: readonly unknown[], act: () => T) => {
    calls.push({ method, args: structuredClone(args) });
    const failure = failures.get(method);
    failures.delete(method);
    const outcome: Outcome<T> = failure ? { ok: false, failure } : { ok: true, value: act() };
    return Promise.resolve(structuredClone(outcome));
  };
  const changeLink = (id: string, change: Partial<LinkView>): LinkView => {
    const links = state.links.map((link) => (link.id === id ? { ...link, ...change } : link));
    push({ links });
    const changed = links.find((link) => link.id === id);
    if (!changed) throw new Error(`no link ${id}`);
    return changed;
  };
  /** What a link shows after a change of its options. */
  const confirmed = (change: OptionsChange): Partial<LinkView> => {
    const { expiresInSeconds, password, ...others } = change;
    const { maxOpens, ...rest } = others;
    return {
      ...rest,
      ...(maxOpens === undefined ? {} : { maxOpens: maxOpens ?? undefined }),
      ...(password === undefined ? {} : { password: password !== null }),
      ...(expiresInSeconds === undefined
        ? {}
        : {
            expiresAtMs:
              expiresInSeconds === null ? undefined : Date.now() + expiresInSeconds * 1_000,
          }),
    };
  };
  const undoView = (action: UndoView['action'], link: LinkView): UndoView => ({
    action,
    linkId: link.id,
    title: link.title,
    untilMs: Date.now() + (action === 'share' ? 60_000 : 10_000),
    isCopied: action === 'share',
    isFinal: action === 'share' && link.revokesWithUndo !== true,
  });
  const add = (title: string, kind: LinkView['kind'], count: number): LinkView => {
    const id = `new-${state.links.length + 1}`;
    const link: LinkView = {
      id,
      kind,
      title,
      sizeBytes: 312,
      count,
      link: `http://192.168.1.20:39400/s/${id}`,
      serviceName: state.service.name,
      createdAtMs: Date.now(),
      state: 'active',
      canUndo: true,
      revokesWithUndo: state.service.shareOptions === true,
    };
    const older = state.links.map((other) => ({ ...other, canUndo: false }));
    push({ links: [link, ...older], undo: undoView('share', link) });
    return link;
  };

  const linkify: Partial<LinkifyBridge> = {
    share: (request) => answer('share', [request], () => add('Just shared', 'text', 1)),
    shareMany: (request) =>
      answer('shareMany', [request], () =>
        add(request.name ?? 'Collection', 'collection', request.items.length),
      ),
    revoke: (id) =>
      answer('revoke', [id], () => {
        const undoable = state.links.find((link) => link.id === id)?.revokesWithUndo;
        const until = undoable ? { restorableUntilMs: Date.now() + 10_000 } : {};
        const link = changeLink(id, { state: 'revoked', canUndo: false, ...until });
        push({ undo: undoable ? undoView('revoke', link) : null });
        return link;
      }),
    undo: (id) =>
      answer('undo', [id], () => {
        const undoable = state.links.find((link) => link.id === id)?.revokesWithUndo;
        const until = undoable ? { restorableUntilMs: Date.now() + 10_000 } : {};
        const link = changeLink(id, { state: 'revoked', canUndo: false, ...until });
        push({ undo: undoable ? undoView('undo-share', link) : null });
        return link;
      }),
    removeLinks: (ids) =>
      answer('removeLinks', [ids], () => {
        push({ links: state.links.filter((link) => !ids.includes(link.id)) });
        return null;
      }),
    state: () => Promise.resolve(structuredClone(state)),
    recover: (id) =>
      answer('recover', [id], () => {
        push({ failure: null });
        return null;
      }),
    changeSettings: (change) =>
      answer('changeSettings', [change], () => {
        const { serviceToken, ...plain } = change;
        const settings = { ...state.settings, ...plain };
        const { service, serviceUrl: url } = settings;
        const known = settings.servers.find((server) => server.url === url);
        if (service === 'custom' && url !== '') {
          const hasToken = serviceToken ? true : known?.hasToken === true;
          settings.servers = [
            ...settings.servers.filter((server) => server !== known),
            { url, name: new URL(url).host, hasToken },
          ];
        }
        push({
          settings,
          isWatchingClipboard: settings.watchClipboard,
          shortcut: { ...state.shortcut, accelerator: settings.shareShortcut },
        });
        return settings;
      }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    restore: (id) =>
      answer('restore', [id], () => {
        const links = state.links.map(({ restorableUntilMs, ...link }): LinkView => {
          if (link.id === id) return { ...link, state: 'active' };
          return restorableUntilMs === undefined ? link : { ...link, restorableUntilMs };
        });
        const [before] = links
          .filter((link) => link.restorableUntilMs !== undefined)
          .sort((a, b) => (b.restorableUntilMs ?? 0) - (a.restorableUntilMs ?? 0));
        push({ links, undo: before ? undoView('revoke', before) : null });
        const restored = state.links.find((link) => link.id === id);
        if (!restored) throw new Error(`no link ${id}`);
        return restored;
      }),
    rename: ({ id, name }) =>
      answer('rename', [{ id, name }], () => changeLink(id, { title: name })),
    copyPassword: (password) => answer('copyPassword', [password], () => null),
    changeOptions: ({ id, change }) =>
      answer('changeOptions', [{ id, change }], () => changeLink(id, confirmed(change))),
    shareFiles: (files, shareOptions) =>
      answer(
        'shareFiles',
        [files.map((file) => file.name), ...(shareOptions ? [shareOptions] : [])],
        () =>
          add(
            files[0]?.name ?? '',
            files.length > 1 ? 'collection' : 'file',
            Math.max(1, files.length),
          ),
      ),
    shareClips: (request) =>
      answer('shareClips', [request], () => {
        const { ids, name = 'From clips' } = request;
        return add(name, ids.length > 1 ? 'collection' : 'text', ids.length);
      }),
    previewClip: (id) =>
      answer('previewClip', [id], () => {
        const clip = (state.clips ?? []).find((other) => other.id === id);
        if (clip?.kind === 'image') {
          return { kind: 'image', src: clip.thumbnail ?? '' } as const;
        }
        if (clip?.kind === 'files') {
          const files = [{ name: 'budget.ods', sizeBytes: 24_000 }, { name: 'old budgets' }];
          return { kind: 'files', files, moreCount: 3 } as const;
        }
        const lines = Array.from({ length: 30 }, (_, line) => `${clip?.title} (line ${line + 1})`);
        return { kind: 'text', text: lines.join('\n') } as const;
      }),
    removeClip: (id) =>
      answer('removeClip', [id], () => {
        push({ clips: (state.clips ?? []).filter((clip) => clip.id !== id) });
        return null;
      }),
    clearClips: () =>
      answer('clearClips', [], () => {
        push({ clips: [] });
        return null;
      }),
    about: () => answer('about', [], () => ({ version: '1.2.3', electron: '45.4.1' })),
    resetSettings: () => answer('resetSettings', [], () => state.settings),
    test: (id) => answer('test', [id], () => 'dead' as const),
    cancelShare: () =>
      answer('cancelShare', [], () => {
        push({ activity: null });
        return null;
      }),
    sendPending: (id) =>
      answer('sendPending', [id], () => {
        push({ pending: (state.pending ?? []).filter((share) => share.id !== id) });
        return add('Waited long enough', 'text', 1);
      }),
    discardPending: (id) =>
      answer('discardPending', [id], () => {
        push({ pending: (state.pending ?? []).filter((share) => share.id !== id) });
        return null;
      }),
    answer: (given) =>
      answer('answer', [given], () => {
        push({ question: null });
        return null;
      }),
    reach: (step) =>
      answer('reach', [step], () => {
        if (step === 'hide' && state.reachCheck) {
          push({ reachCheck: { ...state.reachCheck, dismissed: true } });
        }
        return null;
      }),
    keepOpen: (on) =>
      answer('keepOpen', [on], () => {
        push({ keptOpen: on });
        return null;
      }),
    exportSettings: () => answer('exportSettings', [], () => ({ file: 'linkify-settings.json' })),
    importSettings: () => answer('importSettings', [], () => state.settings),
    removeServer: (url) =>
      answer('removeServer', [url], () => {
        const servers = state.settings.servers.filter((server) => server.url !== url);
        push({ settings: { ...state.settings, servers } });
        return state.settings;
      }),
    askAboutSecret: (kind) =>
      answer('askAboutSecret', [kind], () => {
        const { allowedSecrets = [] } = state.settings;
        const settings = {
          ...state.settings,
          allowedSecrets: allowedSecrets.filter((allowed) => allowed.kind !== kind),
        };
        push({ settings });
        return settings;
      }),
  };
  const others = given.names.map((name) => [
    name,
    (...args: unknown[]) => answer(name, args, () => null),
  ]);
  Object.assign(window, {
    linkify: { ...Object.fromEntries(others), ...linkify },
    fake: {
      calls,
      push,
      missed: (change: Partial<AppState>) => {
        state = { ...state, ...change, revision: (state.revision ?? 0) + 1 };
      },
      failNext: (method: string, failure: FailureView) => failures.set(method, failure),
    } satisfies FakeBridge,
  });
}
