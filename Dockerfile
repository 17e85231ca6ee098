# What tools/build.sh does on a checkout, as stages; a rule of lint holds the commands of the two together.

FROM --platform=$BUILDPLATFORM node:20.20-bookworm-slim AS web
WORKDIR /src
COPY web/package.json web/package-lock.json web/
# Not npm ci, for the reason tools/lib.sh gives.
RUN --mount=type=cache,target=/root/.npm npm install --prefix web --no-save --no-audit --no-fund
COPY web/ web/
RUN npm run build --prefix web

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0-noble AS host
ENV DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
WORKDIR /src
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY db/ db/
COPY src/ src/
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet restore src/Host/EPM.Host.csproj --locked-mode --nologo -v quiet \
 && dotnet publish src/Host/EPM.Host.csproj -c Release -o /out/app --no-restore --nologo -v quiet \
 && mkdir /out/data

# No shell and no package manager; "extra" brings the time zones and the languages that figures are written in.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
ARG VERSION=0.0.0
LABEL org.opencontainers.image.title="EPM Retail" org.opencontainers.image.version=$VERSION
# Diagnostics open a socket that anyone in the container may speak to.
ENV ASPNETCORE_ENVIRONMENT=Production \
    DOTNET_EnableDiagnostics=0 \
    EPM_BIND=0.0.0.0 \
    EPM_PORT=5080 \
    EPM_DATA=/data \
    EPM_WEB=/app/web \
    EPM_SECRETS=/run/secrets
WORKDIR /app
COPY --from=host /out/app ./
COPY --from=web /src/web/dist ./web
COPY --from=host --chown=1654:1654 /out/data /data
# The root may be read-only: what is written goes to /data and to /tmp, the latter a tmpfs.
VOLUME /data
USER 1654:1654
EXPOSE 5080
# Of the process alone: whoever replaces unhealthy containers would otherwise restart all hosts when the database rests.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["dotnet", "EPM.Host.dll", "healthy", "live"]
ENTRYPOINT ["dotnet", "EPM.Host.dll"]
CMD ["serve"]
