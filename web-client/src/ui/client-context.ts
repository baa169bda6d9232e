import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import type { Client } from '../store/api';

export const ClientContext = createContext<Client | undefined>(undefined);

/** The client of this page; every screen stands below the one `ClientContext.Provider` in app.tsx. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === undefined) throw new Error('outside of App');
  return client;
}
