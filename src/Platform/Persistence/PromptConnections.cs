using System.Data;
using System.Net.Sockets;
using System.Reflection;
using Npgsql;

namespace EPM.Platform.Persistence;

/// <summary>
/// Connections that are given up the moment their caller gives up. To cancel, the driver asks the server over a second connection and waits
/// for it: a hung server holds the caller for twice that connection's timeout (measured: 11 s for a limit of 5). A connection that does not
/// know its server process is simply closed; the server notices within seconds (client_connection_check_interval) and rolls back.
/// It asks besides when a read of its own is given up, whatever it knows of the server process (measured: 11 s again), so it is told that it
/// has asked already. And until the reset of a pooled connection or the begin of a transaction is answered it does not cancel at all
/// (measured: 21 s), so the socket is cut.
/// </summary>
internal static class PromptConnections
{
    private const BindingFlags Inner = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    // The driver has no setting for this. Another version that names them differently stops the start, not a request.
    private static readonly PropertyInfo Connector = typeof(NpgsqlConnection).GetProperty("Connector", Inner) ?? throw Unknown("Connector");
    private static readonly PropertyInfo ServerProcess = Connector.PropertyType.GetProperty("BackendProcessId", Inner) ?? throw Unknown("BackendProcessId");
    private static readonly FieldInfo Wire = Connector.PropertyType.GetField("_socket", Inner) ?? throw Unknown("_socket");

    private static readonly PropertyInfo Asked = Connector.PropertyType.GetProperty("PostgresCancellationPerformed", Inner) ?? throw Unknown("PostgresCancellationPerformed");

    private static readonly AsyncLocal<(CancellationToken Token, CancellationToken Before)> Known = new();

    /// <summary>
    /// Says that one token is cancelled just before another: connections used under the latter are cut by the former. What is registered
    /// with one and the same token is called latest first, and the driver registers after we do.
    /// </summary>
    public static void IsCancelledBefore(CancellationToken before, CancellationToken token) => Known.Value = (token, before);

    public static NpgsqlDataSource Build(string connectionString, string name)
    {
        // Metrics would otherwise name the pool by its whole connection string.
        var builder = new NpgsqlDataSourceBuilder(connectionString) { Name = name };
        builder.UsePhysicalConnectionInitializer(ForgetServerProcess, connection =>
        {
            ForgetServerProcess(connection);
            return Task.CompletedTask;
        });
        return builder.Build();
    }

    /// <summary>Cuts the connection when the token is cancelled while it is open; what waits for it fails at once, and the pool drops it.</summary>
    public static void CutBy(this NpgsqlConnection connection, CancellationToken ct)
    {
        if (!ct.CanBeCanceled || Connector.GetValue(connection) is not { } connector || Wire.GetValue(connector) is not Socket socket)
            return;
        var first = Known.Value is var known && known.Token == ct ? known.Before : ct;
        var cut = first.UnsafeRegister(static wire =>
        {
            var (connector, socket) = ((object, Socket))wire!;
            Asked.SetValue(connector, true);
            Cut(socket);
        }, (connector, socket));
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState != ConnectionState.Open)
                cut.Unregister();
        };
    }

    // Not disposed: the driver still sets a time limit on it when it hears of the end.
    private static void Cut(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException)
        {
            // Somebody was quicker.
        }
    }

    private static void ForgetServerProcess(NpgsqlConnection connection) => ServerProcess.SetValue(Connector.GetValue(connection), 0);

    private static InvalidOperationException Unknown(string name) => new($"This version of Npgsql has no {name}: cancelling at once has to be looked at again.");
}
