using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OmaIm.Appliance.Metrics;

namespace OmaIm.Appliance.Http;

/// <summary>What the HTTP listener serves: /healthz (the process lives), /readyz (send it work), /metrics (Prometheus text).</summary>
internal sealed class HttpEndpoints(HealthChecks health, MetricsCollector metrics) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // Kestrel logs the exception and answers 500; the context holds nothing.
    }

    public Task ProcessRequestAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var request = context.Request;
        if (request.Path.Value is not ("/healthz" or "/readyz" or "/metrics"))
        {
            return AnswerAsync(context, StatusCodes.Status404NotFound, "not found");
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return AnswerAsync(context, StatusCodes.Status405MethodNotAllowed, "GET or HEAD");
        }

        return request.Path.Value switch
        {
            "/healthz" => HealthAsync(context),
            "/readyz" => ReadinessAsync(context),
            _ => MetricsAsync(context),
        };
    }

    private async Task HealthAsync(HttpContext context)
    {
        var fault = await health.FindFaultAsync();
        await AnswerAsync(context, fault is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, fault ?? "ok");
    }

    private Task ReadinessAsync(HttpContext context) =>
        health.IsReady ? HealthAsync(context) : AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "not ready");

    private Task MetricsAsync(HttpContext context)
    {
        context.Response.ContentType = PrometheusText.ContentType;
        return context.Response.WriteAsync(metrics.Collect(), context.RequestAborted);
    }

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }
}
