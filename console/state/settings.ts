/** What the service says of itself in its page, before anybody has signed in. */
export interface Settings {
  requireReason: boolean
  signIn?: { issuer: string; clientId: string; audience: string }
}

const told = document.querySelector<HTMLMetaElement>('meta[name="sotto-settings"]')?.content

export const settings: Settings = told ? JSON.parse(told) : { requireReason: false }
