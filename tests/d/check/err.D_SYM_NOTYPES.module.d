/* Nor of its modules. */
BEGIN
{
	trace(ext4`ext4_inode_cachep);
}
