import type { JsonObject } from '../../engine/model/json.ts';

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

const caseStatus = {
  type: 'object',
  description: 'How a case stands. Holds nothing of a person.',
  required: ['number', 'project', 'business', 'status', 'phase', 'turn', 'updatedAt', 'revision'],
  properties: {
    number: { type: 'string', description: 'Case number.', examples: ['01626112910000001'] },
    project: { type: 'string', description: 'Id of the project.' },
    business: {
      type: 'object',
      required: ['id', 'title'],
      properties: { id: { type: 'string' }, title: { type: 'string' } },
      additionalProperties: false,
    },
    status: { type: 'string', description: 'The label that the applicant sees.' },
    phase: {
      type: 'string',
      enum: ['open', 'done', 'ended'],
      description: '`done`: it reached its goal; `ended`: it is over without.',
    },
    turn: {
      type: 'string',
      enum: ['applicant', 'authority', 'outside', 'none'],
      description: 'Who has to do something next.',
    },
    updatedAt: { type: 'string', format: 'date-time' },
    revision: {
      type: 'integer',
      minimum: 0,
      description: 'Rises with every step: of two messages the one with the higher number is the newer one.',
    },
  },
  additionalProperties: false,
};

/** The answers, as JSON Schema 2020-12: what is sent is tested against them, and the document is made of them. */
export const portalSchemas: { readonly [name: string]: JsonObject } = {
  CaseStatus: caseStatus,
  CaseStatusList: {
    type: 'object',
    required: ['cases', 'next'],
    properties: {
      cases: { type: 'array', items: ref('CaseStatus'), maxItems: 100 },
      next: { type: ['string', 'null'], description: 'Cursor of the next page; null at the end.' },
    },
    additionalProperties: false,
  },
  StatusChanged: {
    type: 'object',
    required: ['type', 'timestamp', 'data'],
    properties: {
      type: { const: 'case.status_changed' },
      timestamp: { type: 'string', format: 'date-time' },
      data: {
        ...caseStatus,
        description: 'How the case stands now.',
        required: [...caseStatus.required, 'previous'],
        properties: {
          ...caseStatus.properties,
          previous: { type: 'string', description: 'The label before.' },
        },
      },
    },
    additionalProperties: false,
  },
  Error: {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['code', 'message'],
        properties: { code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

interface Operation {
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly parameters: readonly JsonObject[];
  readonly answer: string;
  readonly failures: readonly number[];
}

const failureTexts: { readonly [status: number]: string } = {
  400: 'A parameter is wrong; the message says how to mend it.',
  401: 'The key is missing or not valid any more.',
  404: 'There is no such case in the projects of this portal.',
  429: 'Too many requests; `retry-after` says when to ask again.',
};

/** The table of what portals may ask: the routes are registered from it, and the document is made of it. */
export const portalOperations = [
  {
    path: '/api/portal/v1/cases/{number}',
    id: 'getCaseStatus',
    summary: 'How a case stands, by its number',
    parameters: [
      {
        name: 'number',
        in: 'path',
        required: true,
        schema: { type: 'string', maxLength: 40 },
        description: 'Spaces are ignored.',
      },
    ],
    answer: 'CaseStatus',
    failures: [401, 404, 429],
  },
  {
    path: '/api/portal/v1/cases',
    id: 'listCaseStatuses',
    summary: 'Cases that changed since a time, the oldest change first',
    parameters: [
      {
        name: 'since',
        in: 'query',
        required: true,
        schema: { type: 'string', format: 'date-time' },
        description: 'Changes at this time or later.',
      },
      {
        name: 'cursor',
        in: 'query',
        schema: { type: 'string', maxLength: 200 },
        description: '`next` of the page before.',
      },
    ],
    answer: 'CaseStatusList',
    failures: [400, 401, 429],
  },
] as const satisfies readonly Operation[];

/** @param server where portals reach this hall; empty = where they got the document */
export function openApi(title: string, server: string): JsonObject {
  const paths = Object.fromEntries(
    portalOperations.map((operation) => [operation.path, { get: describe(operation) } as JsonObject]),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: `${title} portal interface`,
      version: '1.0.0',
      description:
        'How cases stand, for systems that send applicants. A portal sees the cases of its projects and nothing of a person. ' +
        'Webhooks are signed as Standard Webhooks says (HMAC-SHA256 over `id.timestamp.body`, secret `whsec_…`), come at ' +
        'least once and perhaps out of order: know a message again by `webhook-id`, and compare `revision`. Whatever is not ' +
        'answered with 2xx within ten seconds is sent again after 30 s, 5 min, 30 min, 2 h, 8 h and 24 h. The first change ' +
        'that is told is the first after the case was begun.',
    },
    servers: [{ url: server === '' ? '/' : server }],
    security: [{ portalKey: [] }],
    paths,
    webhooks: {
      statusChanged: {
        post: {
          operationId: 'statusChanged',
          summary: 'The status of a case has changed',
          parameters: ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
            ...{ name, in: 'header', required: true, schema: { type: 'string' } },
          })),
          requestBody: { required: true, content: { 'application/json': { schema: ref('StatusChanged') } } },
          responses: {
            '2XX': { description: 'Taken.' },
            '410': { description: 'The address is no more: nothing else is sent to it.' },
          },
        },
      },
    },
    components: {
      securitySchemes: {
        portalKey: { type: 'http', scheme: 'bearer', description: 'The key of the portal, `cfp_…`.' },
      },
      schemas: { ...portalSchemas },
    },
  };
}

function describe({ id, summary, parameters, answer, failures }: Operation): JsonObject {
  const failed = failures.map((status) => [
    String(status),
    { description: failureTexts[status] ?? '', content: { 'application/json': { schema: ref('Error') } } },
  ]);
  return {
    operationId: id,
    summary,
    parameters: [...parameters],
    responses: {
      '200': { description: 'As it stands now.', content: { 'application/json': { schema: ref(answer) } } },
      ...(Object.fromEntries(failed) as JsonObject),
    },
  };
}
