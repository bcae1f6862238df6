/** The direction of the house: contract ← platform ← writing, relay ← live ← features ← app ← main. */
const below = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'contract-is-a-leaf',
      comment: 'the wire knows zod and itself, nothing else',
      severity: 'error',
      from: { path: '^server/contract/' },
      to: { pathNot: ['^server/contract/', '^node_modules/zod/'] },
    },
    below(
      'platform-stays-below',
      '^server/platform/',
      '^server/(writing|relay|live|features|demo|cli|app|main|config|database)',
      'platform knows no product',
    ),
    below(
      'writing-stays-below',
      '^server/writing/',
      '^server/(relay|live|features|demo|cli|app|main|config|database)',
      'the writer knows no feature',
    ),
    below(
      'relay-stays-below',
      '^server/relay/',
      '^server/(writing|live|features|demo|cli|app|main|config|database)',
      'the relay knows no socket',
    ),
    below(
      'live-stays-below',
      '^server/live/',
      '^server/(writing|features|demo|cli|app|main|config|database)',
      'features hand their streams in',
    ),
    {
      name: 'features-do-not-know-each-other',
      severity: 'error',
      from: { path: '^server/features/([^/]+)/' },
      to: { path: '^server/features/([^/]+)/', pathNot: '^server/features/$1/' },
    },
    below(
      'features-stay-below',
      '^server/features/',
      '^server/(demo|cli|app|main|config|database)',
      'app.ts wires features',
    ),
    {
      name: 'the-client-knows-the-contract-only',
      severity: 'error',
      from: { path: '^client-demo/' },
      to: { path: '^server/', pathNot: '^server/contract/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(server|client-demo)/' },
      to: { path: '^tests/' },
    },
    {
      name: 'nothing-imports-the-client',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^client-demo/' },
    },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
    {
      name: 'tools-stay-out-of-the-server',
      severity: 'error',
      from: { path: '^(server|client-demo)/', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|node_modules)/' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
