using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace NamespaceLocking;

/// <summary>Namespace locks among the services of a program.</summary>
public static class NamespaceLockServices
{
    /// <summary>
    /// Registers <see cref="NamespaceLockManagers"/>, <see cref="BackupLockManagers"/> and the <see cref="ILockProvider"/> below them, each
    /// once for the program. A provider that was registered before is taken instead; on one that is not of this library,
    /// <see cref="BackupLockManagers"/> cannot be had.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; they are checked when the host starts, or at the first use.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddNamespaceLocks(this IServiceCollection services, Action<NamespaceLocksOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<NamespaceLocksOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<NamespaceLocksOptions>, NamespaceLocksOptionsValidator>());
        services.TryAddSingleton<ILockProvider>(provider => MakeProvider(OptionsOf(provider)));
        services.TryAddSingleton(provider => new NamespaceLockManagers(
            provider.GetRequiredService<ILockProvider>(), MakeManagerOptions(provider)));
        services.TryAddSingleton(provider => new BackupLockManagers(
            provider.GetRequiredService<ILockProvider>(), MakeManagerOptions(provider)));
        return services;
    }

    private static NamespaceLockOptions MakeManagerOptions(IServiceProvider provider) => new()
    {
        CaptureAcquisitionPlaces = OptionsOf(provider).CaptureAcquisitionPlaces,
        LoggerFactory = provider.GetService<ILoggerFactory>(),
    };

    private static NamespaceLocksOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<NamespaceLocksOptions>>().Value;

    private static ILockProvider MakeProvider(NamespaceLocksOptions options) =>
        options.IsInProcess ? new InProcessLockProvider() : new FileLockProvider(options.Directory!, options.Files);
}
