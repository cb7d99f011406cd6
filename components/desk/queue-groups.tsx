import { QUEUE_GROUPS, type Queue, type QueueGroup } from '@/lib/bank/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

interface Props {
  locale: Locale
  path: string
  counts: Queue['counts']
  group: QueueGroup | null
  rulesPath: string
  unreadPath: string
  /** What no machine could read or place. */
  unread: number
}

/** Parts of the queue, each with how many lines it has. */
export function QueueGroups({ locale, path, counts, group, rulesPath, unreadPath, unread }: Props) {
  const t = translator(locale, 'desk')
  const all = QUEUE_GROUPS.reduce((sum, one) => sum + (one === 'kept' ? 0 : counts[one]), 0)
  const here = (isHere: boolean) => (isHere ? { 'aria-current': 'true' as const } : {})
  return (
    <>
      <a href={path} {...here(group === null)}>
        {t('queue.all', { count: all })}
      </a>
      {QUEUE_GROUPS.filter((one) => counts[one] > 0 || one === group).map((one) => (
        <a key={one} href={`${path}?nhom=${one}`} {...here(one === group)}>
          {t(`queue.groups.${one}`, { count: counts[one] })}
        </a>
      ))}
      <a href={unreadPath}>{t('queue.unread', { count: unread })}</a>
      <a href={rulesPath}>{t('queue.more')}</a>
    </>
  )
}
