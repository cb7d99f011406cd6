// Who may import whom. docs/decisions tells why; tests/unit/import-rules.test.ts plants a violation of each rule.

/** Files of lib that a picture may know: shapes, rules and texts, but no way to reach data. */
const PICTURES_MAY_USE = ['^lib/(money|time|i18n)/', '^lib/[^/]+/(model|schema|actions)\\.tsx?$', '^lib/donors/public-name\\.ts$']

/** Made for making the product, not part of it. */
const TOOLS = ['\\.test\\.tsx?$', '^db/drizzle\\.config\\.ts$', '^scripts/[^/]+\\.mjs$']

/** A sample without accounts at Stripe is served with what the tests have in its place. */
const STAND_IN = '^scripts/sample-stripe\\.ts$'

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
export const rules = [
  {
    name: 'app-reaches-data-through-lib',
    comment: 'A route reads its parameters, asks lib and renders; tables are not its business.',
    from: { path: '^app/' },
    to: { path: '^(db|scripts)/' },
  },
  {
    name: 'components-know-no-room-above-or-below',
    comment: 'A picture gets props and gives markup.',
    from: { path: '^components/' },
    to: { path: '^(app|db|scripts)/' },
  },
  {
    name: 'components-know-shapes-only',
    comment: 'Of lib, pictures may use model, schema, actions, money, time and i18n.',
    from: { path: '^components/' },
    to: { path: '^lib/', pathNot: PICTURES_MAY_USE },
  },
  {
    name: 'lib-knows-no-page',
    comment: 'What the product knows stands without its pages.',
    from: { path: '^lib/' },
    to: { path: '^(app|components|scripts)/' },
  },
  {
    name: 'db-knows-nothing-of-ours',
    from: { path: '^db/' },
    to: { path: '^(app|components|lib|scripts)/' },
  },
  {
    name: 'scripts-call-lib',
    from: { path: '^scripts/', pathNot: TOOLS },
    to: { path: '^(app|components)/' },
  },
  {
    name: 'payments-know-no-domain',
    comment: 'A payment provider is wire format to our events and back; only the ground floor is under it.',
    from: { path: '^lib/payments/', pathNot: '\\.test\\.tsx?$' },
    to: { path: '^lib/', pathNot: ['^lib/payments/', '^lib/(money|time)/', '^lib/[^/]+\\.ts$'] },
  },
  {
    name: 'domains-form-no-circle',
    comment: 'Two domains that need each other are one domain, or there is a third under them.',
    scope: 'folder',
    from: { path: '^lib/[^/]+' },
    to: { circular: true, path: '^lib/[^/]+' },
  },
  {
    name: 'files-form-no-circle',
    comment: 'Tables are the exception: two that refer to each other do so through functions, called when both are there.',
    from: { pathNot: '^db/schema/' },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'product-needs-no-tests',
    from: { path: '^(app|components|lib|db|scripts)/', pathNot: [...TOOLS, STAND_IN] },
    to: { path: '(^tests/|\\.test\\.tsx?$)' },
  },
  {
    name: 'stand-in-takes-fakes-only',
    from: { path: STAND_IN },
    to: { path: '(^tests/|\\.test\\.tsx?$)', pathNot: '^tests/fakes/' },
  },
  {
    name: 'product-needs-no-tools',
    comment: 'What the product imports is in dependencies, not in devDependencies.',
    from: { path: '^(app|components|lib|db|scripts)/', pathNot: TOOLS },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'nothing-missing',
    comment: 'An import that leads nowhere would not be checked.',
    from: {},
    to: { couldNotResolve: true },
  },
]

/** Every room must have been walked through: a checker that saw nothing has nothing to say. */
export const ROOMS = ['app', 'components', 'lib', 'db', 'scripts', 'tests']

/** @type {import('dependency-cruiser').ICruiseOptions} */
export const options = {
  validate: true,
  ruleSet: { forbidden: rules },
  doNotFollow: { path: 'node_modules' },
  exclude: { path: '^(\\.next|\\.data|\\.runtime|\\.test)/' },
  tsPreCompilationDeps: true,
  combinedDependencies: false,
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'require', 'node', 'default', 'types'],
    mainFields: ['module', 'main', 'types'],
  },
}
