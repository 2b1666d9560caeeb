namespace NamespaceLocking.Tests;

public class ErrnoTests
{
    [SkippableTheory]
    [InlineData(1, typeof(UnauthorizedAccessException), "choose another lock directory")]
    [InlineData(2, typeof(DirectoryNotFoundException), "leads nowhere")]
    [InlineData(6, typeof(IOException), "not a plain file")]
    [InlineData(13, typeof(UnauthorizedAccessException), "Permission denied (errno 13)")]
    [InlineData(20, typeof(IOException), "Not a directory")]
    [InlineData(21, typeof(IOException), "is where the lock file belongs: move it aside")]
    [InlineData(23, typeof(IOException), "fs.file-max")]
    [InlineData(24, typeof(IOException), "ulimit -n")]
    [InlineData(28, typeof(IOException), "No space left on device")]
    [InlineData(30, typeof(IOException), "Mount it writable")]
    [InlineData(36, typeof(PathTooLongException), "shorter path")]
    [InlineData(37, typeof(IOException), "no memory for one more lock")]
    [InlineData(38, typeof(IOException), "no flock(2)")]
    [InlineData(40, typeof(IOException), "symbolic link")]
    [InlineData(95, typeof(IOException), "no flock(2)")]
    [InlineData(122, typeof(IOException), "quota")]
    [InlineData(5, typeof(IOException), "Input/output error (errno 5)")]
    public void An_error_says_what_was_tried_on_what_why_it_failed_and_what_to_do(int errno, Type expected, string words)
    {
        Linux.Require();
        var error = Errno.ToException(errno, "lock", "/run/locks/main");
        Assert.IsType(expected, error);
        Assert.StartsWith("Cannot lock '/run/locks/main': ", error.Message);
        Assert.Contains(words, error.Message);
    }
}
