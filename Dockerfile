# The appliance as an image: no root, a read-only root file system, one volume.
#
#   docker build -t omaim .
#   docker run --read-only -v "$PWD/omaim.json:/data/omaim.json:ro" -p 5060:5060/udp -p 5060:5060 -p 2855:2855 -p 8080:8080 omaim
#
# omaim.json must name at least Accounts, and the host that clients reach the server by (Sip:AdvertisedHost, Msrp:AdvertisedHost):
# the demo accounts exist on loopback only, and in a container the listeners are not. Every key can come from the environment as well:
# -e OMAIM__Domain=im.example.org. /data is the one place that the process may write to; today it writes nothing.

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source
COPY . .
RUN dotnet publish src/Appliance -c Release -a $TARGETARCH -o /app \
    && mkdir /data

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
# No diagnostics pipe: it would want to write to /tmp.
ENV DOTNET_EnableDiagnostics=0 \
    OMAIM__Sip__Udp__Address=0.0.0.0 \
    OMAIM__Sip__Tcp__Address=0.0.0.0 \
    OMAIM__Msrp__Address=0.0.0.0 \
    OMAIM__Http__Address=0.0.0.0
COPY --from=build /app /app
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
USER $APP_UID
WORKDIR /data
VOLUME /data
EXPOSE 5060/udp 5060/tcp 2855/tcp 8080/tcp
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=10s --retries=3 CMD ["/app/omaim-server", "--health"]
ENTRYPOINT ["/app/omaim-server"]
