import type { Context, Span as OtelSpan } from '@opentelemetry/api';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import { ConfigError } from '../config-error.ts';
import type { Log } from '../log.ts';
import type { About, SpanKind, Tracing } from './tracing.ts';

export interface Telemetry {
  /** `https://collector.example:4318`: spans are sent to `/v1/traces` there, as OTLP over HTTP. */
  readonly endpoint: string;
  readonly service: string;
}

/**
 * Sends the parts of traces to a collector, in batches, beside the work. The packages are optional and loaded here only.
 * Sampling, heads and limits are the SDK's own variables (OTEL_TRACES_SAMPLER, OTEL_EXPORTER_OTLP_HEADERS, OTEL_BSP_…).
 * @throws ConfigError when they are not installed
 */
export async function openTelemetry(
  { endpoint, service }: Telemetry,
  log: Log,
  load: typeof packages = packages,
): Promise<Tracing> {
  const [api, sdk, exporter, resources] = await load().catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new ConfigError(
      'OTEL_EXPORTER_OTLP_ENDPOINT needs the optional packages of @opentelemetry, which are not installed: npm ci --include=optional, or leave it out',
    );
  });
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  const processor = new sdk.BatchSpanProcessor(telling(new exporter.OTLPTraceExporter({ url }), log));
  const provider = new sdk.BasicTracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [processor],
  });
  const tracer = provider.getTracer('certflow');
  const kinds = { server: api.SpanKind.SERVER, client: api.SpanKind.CLIENT, inside: api.SpanKind.INTERNAL };

  const kindOf = (kind: SpanKind) => ({ kind: kinds[kind] });
  const failedCode = { code: api.SpanStatusCode.ERROR };

  return {
    begin(name, kind, parent, about = {}) {
      const over: Context =
        parent === null
          ? api.ROOT_CONTEXT
          : api.trace.setSpanContext(api.ROOT_CONTEXT, {
              traceId: parent.trace,
              spanId: parent.span,
              traceFlags: parent.sampled ? api.TraceFlags.SAMPLED : api.TraceFlags.NONE,
              isRemote: true,
            });
      const span: OtelSpan = tracer.startSpan(name, kindOf(kind), over);
      const { traceId, spanId, traceFlags } = span.spanContext();
      if (about.case !== undefined) span.setAttribute('certflow.case', about.case);
      return {
        place: { trace: traceId, span: spanId, sampled: (traceFlags & api.TraceFlags.SAMPLED) !== 0, ...about },
        end(more: About = {}, failed = false) {
          const { name: otherwise, ...attributes } = more;
          if (otherwise !== undefined) span.updateName(String(otherwise));
          span.setAttributes(attributes);
          if (failed) span.setStatus(failedCode);
          span.end();
        },
      };
    },
    async stop() {
      await provider.shutdown().catch((error: Error) => log.warn({ error: error.name }, 'spans were not sent'));
    },
  };
}

function packages() {
  return Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
}

/** Spans that nobody takes are dropped, which is said once: whoever misses them should find out why. */
function telling(exporter: SpanExporter, log: Log): SpanExporter {
  let isAway = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const isRefused = result.error !== undefined;
        if (isRefused && !isAway) log.warn({ error: reasonOf(result.error) }, 'the collector takes no spans');
        if (!isRefused && isAway) log.warn('the collector takes spans again');
        isAway = isRefused;
        done(result);
      });
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

/** A status, a code of the network, or the error's name: never what was to be sent. */
function reasonOf(error: unknown): string {
  const { code, name, cause } = error as { code?: unknown; name?: string; cause?: { code?: string } };
  return String(code ?? cause?.code ?? name);
}
