import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { deskProblem } from '@/components/desk/desk-text'
import { RuleForm } from '@/components/desk/rule-form'
import { RuleList } from '@/components/desk/rule-list'
import { listRules, previewRule } from '@/lib/bank/rules'
import { consolePath } from '@/lib/console/model'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isAllowed } from '@/lib/staff/permissions'
import { oneOf, openConsole, type ConsoleProps } from '../../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'desk')('rules.title') } : {}
}

/** Rules of a fund, and what each would do just now. */
export default async function RulesRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/ngan-hang/quy-tac', 'bank.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const t = translator(locale, 'desk')
  const asked = await props.searchParams
  const rules = await Promise.all(
    (await listRules(context, fund.id)).map(async (rule) => ({
      ...{ ...rule, id: String(rule.id) },
      cases: (await previewRule(context, fund.id, rule)).map(({ line, account, decision }) => ({
        ...{
          id: String(line.id),
          direction: line.direction,
          amountVnd: line.amountVnd,
          memo: line.memo,
          account,
          isSure: decision !== null,
        },
      })),
    })),
  )
  const own = (path: string) => localePath(locale, consolePath(fund.slug, path))
  const formKey = Buffer.from(context.random(12)).toString('hex')
  const mayRule = isAllowed(staff.roles, 'bank.rules', { fundId: fund.id })
  const done = oneOf(asked['xong'])
  const problem = deskProblem(locale, oneOf(asked['loi']), typed)
  return (
    <ConsoleShell
      {...shell}
      room="bank"
      takes={[{ table: 'rules' }]}
      title={t('rules.title')}
      beside={<a href={own('/ngan-hang')}>{t('queue.title')}</a>}
      notice={done === 'made' || done === 'retired' ? t(`rules.${done}`) : null}
      problem={problem}
    >
      <p className="lead-line">{t('rules.lead')}</p>
      <div className={mayRule ? 'bench' : undefined}>
        <div>
          <RuleList
            locale={locale}
            rules={rules}
            mayRule={mayRule}
            formKey={formKey}
            applyPath={own('/ngan-hang/quy-tac/ghi')}
            retirePath={own('/ngan-hang/quy-tac/bo')}
          />
        </div>
        {mayRule && <RuleForm locale={locale} action={own('/ngan-hang/quy-tac/them')} formKey={formKey} typed={typed?.fields ?? {}} />}
      </div>
    </ConsoleShell>
  )
}
