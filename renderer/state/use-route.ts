import { useEffect, useState } from 'preact/hooks';

/** What the window shows; the main process asks for one by the address: `#preferences`. */
export type Route = 'links' | 'preferences' | 'first-run';

function routeOf(hash: string): Route {
  switch (hash) {
    case '#preferences':
      return 'preferences';
    case '#first-run':
      return 'first-run';
    default:
      return 'links';
  }
}

export function useRoute(): [route: Route, go: (route: Route) => void] {
  const [route, setRoute] = useState<Route>(() => routeOf(location.hash));
  useEffect(() => {
    const follow = (): void => setRoute(routeOf(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  // No history: Back would lead through old visits.
  const go = (next: Route): void => {
    history.replaceState(null, '', `#${next}`);
    setRoute(next);
  };
  return [route, go];
}
