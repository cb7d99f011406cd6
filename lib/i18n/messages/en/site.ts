import type { site as vi } from '../vi/site'

export const site: typeof vi = {
  name: 'Từng Đồng',
  line: 'Every đồng reaches a child',
  description:
    'See what children in highland communes need, give by bank transfer, and follow every đồng from the moment the Child Protection Fund receives it.',
  skip: 'Skip to the content',
  otherLanguage: 'Tiếng Việt',
  crumbs: 'Breadcrumb',
  nav: {
    label: 'Main',
    campaigns: 'Campaigns',
    communes: 'Communes',
    needs: 'Needs',
    lines: 'Statement',
    thanks: 'Thanks',
    lookup: 'Look up',
  },
  sample: {
    label: 'Sample data',
    text: '<b>Sample data.</b> The campaigns, gifts and account numbers here are made up for trying things out. Do not transfer real money.',
  },
  footer: {
    plan: 'Plan {number}, {years}.',
    planUnnumbered: 'Plan for {years}.',
    fund: 'Who runs it, which accounts receive',
    check: 'Check for yourself',
    checkText:
      'Every gift has a public code. <a>Look one up to see whether the money came, when, and where it is</a>. Every line in and out of every account is in the <b>statement</b>.',
    checkProof: 'Check a receipt without having to trust this site',
    sources: 'Sources of the maps',
    boundaries: 'Commune boundaries: thanglequoc/vietnamese-provinces-database (MIT licence), geometry of sapnhap.bando.com.vn.',
  },
  sums: { received: 'Received', missing: 'Still missing', goal: 'Goal', above: 'Received above the goal' },
  pager: { label: 'Pages', previous: 'Previous page', next: 'Next page', position: 'Page {page} of {pages}' },
  field: { optional: 'optional' },
}
