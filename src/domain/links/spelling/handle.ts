import { written } from './written.ts'

const siteNames =
  'instagram|insta|ig|facebook|fb|messenger|tiktok|tik tok|twitter|x|snapchat|snap|sc|telegram|tg|whatsapp|youtube|yt|discord|reddit|threads|linkedin|twitch|steam|kik|signal|onlyfans|user ?name|user|handle'
const before = new RegExp(`^(?:${siteNames})\\s*(?:[:=]|-\\s|(?=@)|(?=\\s\\S+$))\\s*`, 'i')
const after = /\s*\([^()]*\)\s*$/
/** Sites that give every user a page; after these words of a path comes the name. */
const profile =
  /^(?:https?:\/\/)?(?:[a-z0-9-]+\.)?(instagram|facebook|fb|tiktok|twitter|x|snapchat|telegram|t|youtube|reddit|threads|linkedin|twitch|onlyfans|pinterest|vk|bsky|github|steamcommunity|kik|soundcloud|vinted|depop|gumtree|ebay)\.(?:com|co\.uk|net|me|tv|app)\/(.*)$/i
const beforeName: ReadonlySet<string> = new Set(
  'add user users u in c profile people id channel usr stories _u profiles'.split(' '),
)
const noName: ReadonlySet<string> = new Set(
  'p reel reels explore groups marketplace watch share sharer posts photo photos story.php permalink.php hashtag search home i intent login video events pages itm r results'.split(
    ' ',
  ),
)

/** User name lower-case, without `@`, out of the address of its page too. The platform plays no part: people write it in many ways, or not at all. */
export function handle(text: string): string | undefined {
  const said = written(text)
    .replace(after, '')
    .replace(/^mailto:/i, '')
  if (/^https?:\/\/|^www\./i.test(said) || profile.test(said)) return profileName(said) ?? addressOf(said)
  const named = said.replace(before, '')
  const tagged = /\s/.test(named) ? [...named.matchAll(/(?<=^|\s)@[\p{L}\p{N}_.-]{3,}/gu)] : []
  const name = tagged.length === 1 ? (tagged[0]?.[0] ?? named) : named
  return longEnough(bare(name))
}

/** The user name in the address of a page that a known site gives to a user; undefined for any other. */
export function profileName(url: string): string | undefined {
  const [, site = '', rest = ''] = profile.exec(written(url)) ?? []
  if (site === '') return undefined
  const id = /^profile\.php\?(?:.*&)?id=(\d+)/i.exec(rest)?.[1]
  if (id !== undefined) return id
  const parts = decoded(rest.split(/[?#]/)[0] ?? '')
    .split('/')
    .filter((part) => part !== '')
  const name = parts.find((part) => !beforeName.has(part.toLowerCase()))
  return name === undefined || noName.has(name.toLowerCase()) ? undefined : longEnough(bare(name))
}

function bare(name: string): string {
  return name
    .trim()
    .replace(/^(?:\/?u\/)+/i, '')
    .replace(/^[@\s"'“‘(]+/, '')
    .replace(/[\s.,;:!?"'”’)]+$/, '')
    .toLowerCase()
}

function longEnough(name: string): string | undefined {
  return name.length < 3 ? undefined : name
}

function addressOf(url: string): string | undefined {
  return longEnough(
    bare(
      url
        .replace(/^https?:\/\//i, '')
        .replace(/^www\./i, '')
        .replace(/\/+$/, ''),
    ),
  )
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
