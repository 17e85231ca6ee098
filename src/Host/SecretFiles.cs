namespace EPM.Host;

/// <summary>Settings that are secret can come as files of a directory, one a setting and named as it: an environment is read by too many.</summary>
internal static class SecretFiles
{
    public static void AddSecretFiles(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["EPM_SECRETS"] is { Length: > 0 } directory && Directory.Exists(directory))
            builder.Configuration.AddKeyPerFile(directory);
    }
}
