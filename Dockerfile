FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source

# Only what decides the packages, so that a change of code does not restore them again.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/PartnerCenter.Domain/PartnerCenter.Domain.csproj src/PartnerCenter.Domain/packages.lock.json src/PartnerCenter.Domain/
COPY src/PartnerCenter.Data/PartnerCenter.Data.csproj src/PartnerCenter.Data/packages.lock.json src/PartnerCenter.Data/
COPY src/PartnerCenter.Mail/PartnerCenter.Mail.csproj src/PartnerCenter.Mail/packages.lock.json src/PartnerCenter.Mail/
COPY src/PartnerCenter.Web/PartnerCenter.Web.csproj src/PartnerCenter.Web/packages.lock.json src/PartnerCenter.Web/
RUN dotnet restore src/PartnerCenter.Web --locked-mode

# The analyzers read .editorconfig, and their warnings are errors.
COPY .editorconfig ./
COPY src/ src/
RUN dotnet publish src/PartnerCenter.Web --configuration Release --no-restore --output /app -p:UseAppHost=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0

# A new volume takes its owner from here; $APP_UID is the user that the base image brings.
RUN mkdir -p /var/lib/partnercenter && chown $APP_UID:$APP_UID /var/lib/partnercenter

WORKDIR /app
COPY --from=build /app ./

# Everything that the portal writes goes to the volume. Sink 1 of Serilog is the file.
ENV ASPNETCORE_HTTP_PORTS=8080 \
    ConnectionStrings__PartnerCenter="Data Source=/var/lib/partnercenter/partnercenter.db" \
    Mail__Folder=/var/lib/partnercenter/mail \
    Serilog__WriteTo__1__Args__path=/var/lib/partnercenter/logs/partnercenter-.json

USER $APP_UID
VOLUME /var/lib/partnercenter
EXPOSE 8080
ENTRYPOINT ["dotnet", "PartnerCenter.Web.dll"]
