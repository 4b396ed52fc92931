/** Who may import whom. Each rule is broken on purpose in test/architecture/import-rules.test.ts. */

const FUNCTIONS = 'lambdas/functions/([^/]+)/';
const CONTRACT = '^lambdas/contract\\.ts$';
/** A list of files, for the bundling as much as for the engine that reads them. */
const FONT_LIST = '^lambdas/renderers/pdf/fonts/manifest\\.ts$';
const SDK = 'node_modules/(@aws-sdk|@smithy|@aws-lambda-powertools)/';
const CDK = 'node_modules/(aws-cdk-lib|constructs|@aws-cdk)/';

/** Forbids imports from files at `from` to files at `to`; both may be `{ path, pathNot }`. */
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    never(
      'no-circles',
      'Two files that need each other are one file, or three. A type may be needed both ways.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    never(
      'nothing-unresolved',
      'An import must lead somewhere; that of an example leads to the package, once it is installed.',
      { pathNot: '^examples/' },
      { couldNotResolve: true },
    ),
    never('contract-imports-nothing', 'It is shared by two worlds.', { path: CONTRACT }, {}),
    never(
      'lib-knows-only-the-contract',
      'The stack names the functions by their paths; of their code it reads the contract alone.',
      { path: '^(lib|bin)/' },
      { path: '^lambdas/', pathNot: [CONTRACT, FONT_LIST] },
    ),
    never('lib-calls-no-service', 'A stack is built without an account.', { path: '^(lib|bin)/' }, { path: SDK }),
    never(
      'one-door-into-lib',
      'bin/app.ts is the app; tests and the bench look at what it is made of.',
      { pathNot: '^(lib|bin|test|bench)/' },
      { path: '^lib/' },
    ),
    never('bin-is-a-door-only', 'Nobody imports the app.', { pathNot: '^(bin|test)/' }, { path: '^bin/' }),
    never(
      'functions-know-no-stack',
      'What runs on AWS carries none of what deployed it.',
      { path: '^lambdas/' },
      { path: ['^(lib|bin|local|client|ops|test|bench)/', CDK] },
    ),
    never(
      'functions-carry-what-they-import',
      'A bundle may hold dependencies, never a tool.',
      { path: '^lambdas/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    ),
    never(
      'domain-is-pure',
      'It decides and does nothing: itself, zod, the names in the contract, and hashes and ids from node:crypto.',
      { path: '^lambdas/domain/' },
      { pathNot: ['^lambdas/domain/', CONTRACT, 'node_modules/zod/', '^(node:)?crypto$'] },
    ),
    never(
      'rescue-calls-ports-alone',
      'What several functions share and calls ports: the ports are parameters, so it needs the domain and no more.',
      { path: '^lambdas/rescue/' },
      { path: ['^lambdas/', SDK], pathNot: ['^lambdas/(rescue|domain)/'] },
    ),
    never(
      'renderers-know-no-service',
      'Rows in, bytes out, on any machine.',
      { path: '^lambdas/renderers/' },
      { path: ['^lambdas/', SDK], pathNot: ['^lambdas/(renderers|domain)/'] },
    ),
    never(
      'engines-know-not-each-other',
      'What both engines need belongs to renderers/table, values or images.',
      { path: '^lambdas/renderers/(xlsx|pdf)/' },
      { path: '^lambdas/renderers/(xlsx|pdf)/', pathNot: '^lambdas/renderers/$1/' },
    ),
    never(
      'what-both-engines-read-knows-no-engine',
      'Columns, totals, values and images are the same whatever file they end in.',
      { path: '^lambdas/renderers/(table|values|images)/' },
      { path: '^lambdas/renderers/(xlsx|pdf)/' },
    ),
    never(
      'row-sources-know-no-service',
      "Bytes in, rows out; who fetches the bytes is a parameter. They read values by the renderers' own rules.",
      { path: '^lambdas/datasets/' },
      { path: ['^lambdas/', SDK], pathNot: ['^lambdas/(datasets|domain)/', '^lambdas/renderers/(table|values)/'] },
    ),
    never(
      'report-definitions-read-through-their-context',
      'They stand in the function that accepts requests as well, and are tested without a service.',
      { path: '^lambdas/reports/' },
      { pathNot: ['^lambdas/(reports|domain)/', 'node_modules/zod/'] },
    ),
    never(
      'adapters-know-the-domain-alone',
      'An adapter is a port made of one service; the contract tells it the names of keys and indexes.',
      { path: '^lambdas/adapters/' },
      { path: '^lambdas/', pathNot: ['^lambdas/(adapters|domain)/', CONTRACT] },
    ),
    never(
      'runtime-knows-no-function',
      'What all functions share cannot depend on one of them.',
      { path: '^lambdas/runtime/' },
      { path: ['^lambdas/(renderers|datasets|adapters)/', `^${FUNCTIONS}`] },
    ),
    never(
      'use-cases-know-the-domain-alone',
      'A use case is given its ports; only handler.ts knows what they are made of.',
      { path: `^${FUNCTIONS}`, pathNot: '/handler\\.ts$' },
      { path: ['^lambdas/(adapters|runtime|renderers|datasets|reports)/', CONTRACT, SDK] },
    ),
    never(
      'functions-stand-alone',
      'No function imports another one; what two need belongs to the domain or the runtime.',
      { path: `^${FUNCTIONS}` },
      { path: `^${FUNCTIONS}`, pathNot: '^lambdas/functions/$1/' },
    ),
    never(
      'only-the-worker-renders',
      'A library of megabytes must not find its way into a function that answers a request.',
      { path: `^${FUNCTIONS}`, pathNot: '^lambdas/functions/worker/' },
      { path: '^lambdas/(renderers|datasets)/' },
    ),
    never(
      'operators-use-the-domain',
      'What an operator does by hand goes through the same transitions and adapters as everything else.',
      { path: '^ops/' },
      { path: '^(lib|bin|local|test|bench)/|^lambdas/(functions|runtime|renderers|datasets)/' },
    ),
    never(
      'client-stands-alone',
      'It runs in a browser: of the service it knows types alone, and of Node nothing.',
      { path: '^client/' },
      { path: '.', pathNot: '^client/', dependencyTypesNot: ['type-only'] },
    ),
    never(
      'engines-alone-need-no-service',
      'render/ is for machines without an account: the engines, the row sources and what they share.',
      { path: '^render/' },
      {
        path: ['^(lib|bin|local|client|cli|ops|test|bench)/', '^lambdas/', SDK],
        pathNot: '^lambdas/(domain|datasets|renderers)/',
      },
    ),
    never(
      'command-line-stands-on-the-client',
      'It is a user of the service like any other: it knows the client and the engines, and nothing behind the API.',
      { path: '^cli/' },
      { path: '^(lib|bin|local|ops|lambdas|test|bench)/' },
    ),
    never('nobody-imports-tests', 'Tests are the last to know.', { pathNot: '^(test|bench)/' }, { path: '^test/' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^bench/peers/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
