import { linkSync, mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { SettingError } from '../env'

const holderSchema = z.object({ pid: z.int().positive(), startedAt: z.string(), world: z.string() })
type Holder = z.output<typeof holderSchema>

const BEAT_MS = 2_000
/** A holder in another container shows no process here: it lives as long as its lock is touched. */
const SILENT_MS = 15_000

/**
 * Takes the lock of an embedded database's folder: two processes on one folder silently lose rows.
 * A lock whose process is gone is taken over; a living one's is refused with one line.
 * @returns a function that gives it back
 */
export function lockDataDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true })
  const path = join(directory, 'lock.json')
  const own = join(directory, `lock.${process.pid}.json`)
  const me: Holder = { pid: process.pid, startedAt: startOf(process.pid) ?? '', world: world() }
  writeFileSync(own, JSON.stringify(me))
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      // A link is made whole or not at all, so nobody ever reads half a lock.
      if (link(own, path)) return hold(path, me)
      const text = read(path)
      if (text === null) continue
      const holder = parse(text)
      if (holder && lives(holder, path)) {
        throw new SettingError(`the data in ${directory} is in use by process ${holder.pid}: stop it, or set DATA_DIR to another folder`)
      }
      moveAside(path, text)
    }
    throw new SettingError(`the data in ${directory} could not be locked: another process is starting on it`)
  } finally {
    rmSync(own, { force: true })
  }
}

/** Touches the lock while it is held, and gives it back when asked. */
function hold(path: string, me: Holder): () => void {
  const beat = setInterval(() => {
    const now = new Date()
    try {
      utimesSync(path, now, now)
    } catch {
      // The folder is gone, and with it what was locked.
    }
  }, BEAT_MS)
  beat.unref()
  return () => {
    clearInterval(beat)
    const holder = parse(read(path) ?? '')
    if (holder?.pid === me.pid && holder.startedAt === me.startedAt && holder.world === me.world) rmSync(path, { force: true })
  }
}

/** Whether the holder of a lock still runs. In our own world of processes its number tells; elsewhere its heartbeat. */
function lives(holder: Holder, path: string): boolean {
  if (holder.world === world()) return startOf(holder.pid) === holder.startedAt
  try {
    return Date.now() - statSync(path).mtimeMs < SILENT_MS
  } catch {
    return false
  }
}

/** Names the set of processes that this one can see: a container has its own, and so has each start of a machine. */
function world(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return 'one'
  }
}

/** Moves a stale lock away, and puts it back when it turns out to be another process's fresh one. */
function moveAside(path: string, stale: string): void {
  const aside = `${path}.${process.pid}.stale`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  if (read(aside) !== stale) link(aside, path)
  rmSync(aside, { force: true })
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function parse(text: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** When a living process began, so that a number used again is not taken for the old process; null when it is gone. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Field 22, counted after the name in brackets, which may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    try {
      process.kill(pid, 0)
      return ''
    } catch {
      return null
    }
  }
}
