namespace BackupServer;

/// <summary>Where a task tells its user what it does.</summary>
internal interface ITaskView
{
    void Info(string message);

    void Warn(string message);

    /// <summary>Shows how far something is that takes long.</summary>
    /// <param name="what">What is done.</param>
    /// <param name="total">How much of it there is.</param>
    ITaskProgress Start(string what, long total);
}

/// <summary>How far something is; disposing it says that it is done.</summary>
internal interface ITaskProgress : IDisposable
{
    void Advance(long count = 1);
}
