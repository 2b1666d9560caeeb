namespace NamespaceLocking.Tool;

/// <summary>What there is at a path.</summary>
internal readonly record struct FileStatus(FileKind Kind, UnixFileMode Mode, uint User, uint Group, FileIdentity Identity, ulong MountId)
{
    private const uint KindMask = 0xF000;
    private const uint ModeMask = 0xFFF;
    private const uint Wanted =
        LibC.StatxType | LibC.StatxMode | LibC.StatxUser | LibC.StatxGroup | LibC.StatxInode | LibC.StatxMountId;

    /// <summary>Null where there is nothing, or where it cannot be looked at.</summary>
    internal static FileStatus? Of(string path, bool followsLink = false)
    {
        if (LibC.Statx(LibC.WorkingDirectory, path, followsLink ? 0 : LibC.AtSymlinkNoFollow, Wanted, out var found) != 0)
            return null;
        var kind = (found.Mode & KindMask) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Directory,
            0xA000 => FileKind.SymbolicLink,
            _ => FileKind.Other,
        };
        return new(kind, (UnixFileMode)(found.Mode & ModeMask), found.UserId, found.GroupId, new(found), found.MountId);
    }
}

internal enum FileKind { File, Directory, SymbolicLink, Other }
