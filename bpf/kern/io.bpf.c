// SPDX-License-Identifier: GPL-2.0-only
/*
 * The io provider: a request goes to a block device, and is done. For the host only: who waits for a request is not who submits it, so
 * it belongs to no container. The probes of waiting have no tracepoint.
 */
#include "xargs.h"

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct gendisk { int major, first_minor; char disk_name[32]; };
struct request_queue { struct gendisk *disk; };
struct atomic_flags { int counter; };
struct block_device { __u32 bd_dev; struct atomic_flags __bd_flags; };
struct block_device___before_6_10 { __u8 bd_partno; };
struct hd_struct___before_5_11 { int partno; };
struct address_space { struct inode *host; };
struct page { struct address_space *mapping; };
struct bio_vec { struct page *bv_page; };
struct bio { struct bio_vec *bi_io_vec; };
union dentry_names { struct hlist_node *d_alias; };
struct dentry___alias { union dentry_names d_u; };
struct request {
	struct request_queue *q;
	struct block_device *part;
	struct bio *bio;
	unsigned int __data_len, cmd_flags;
	__u64 __sector;
};
struct request___before_5_17 { struct gendisk *rq_disk; };
#pragma clang attribute pop

/* As bpf/lang/constants.def has them, for scripts. */
enum { B_PHYS = 0x20, B_READ = 0x40, B_WRITE = 0x100, B_ASYNC = 0x400 };
#define REQ_OP_MASK 255 /* include/linux/blk_types.h; REQ_OP_READ is 0 */
#define REQ_SYNC    (1u << 11)

static __always_inline __u32 partition_of(struct block_device *part)
{
	if (!part)
		return 0;
	if (bpf_core_type_exists(struct hd_struct___before_5_11) &&
	    bpf_core_field_exists(((struct hd_struct___before_5_11 *)0)->partno))
		return (__u32)READ((struct hd_struct___before_5_11 *)part, partno, RAW);
	if (bpf_core_field_exists(((struct block_device___before_6_10 *)0)->bd_partno))
		return READ((struct block_device___before_6_10 *)part, bd_partno, RAW);
	return (__u32)READ(part, __bd_flags.counter, RAW) & 255; /* BD_PARTNO */
}

/* The name with the partition's number behind it, after a p if the name ends in a digit: sda1, nvme0n1p1. */
static __always_inline void put_partition(char *name, long bytes, __u32 number)
{
	__u64 at = (__u64)bytes - 1; /* the NUL is counted */

	if (!number || bytes < 2 || bytes > 27)
		return;
	asm volatile("%0 &= 31" : "+r"(at)); /* clang knows that it is, the verifier does not */
	if (name[(at - 1) & 31] >= '0' && name[(at - 1) & 31] <= '9')
		name[at++ & 31] = 'p';
	if (number >= 100)
		name[at++ & 31] = '0' + number / 100 % 10;
	if (number >= 10)
		name[at++ & 31] = '0' + number / 10 % 10;
	name[at++ & 31] = '0' + number % 10;
	name[at & 31] = 0;
}

static __always_inline void put_unknown(char *to)
{
	__builtin_memcpy(to, "<unknown>", sizeof("<unknown>"));
}

/* The file that the first page of the request is of; blocks of the device itself, and what has no page, are of none. */
static __always_inline void put_file(struct kern_fileinfo *to, struct bio *bio)
{
	struct page *page = bio ? BPF_CORE_READ(bio, bi_io_vec, bv_page) : 0;
	struct address_space *mapping = page ? READ(page, mapping, RAW) : 0;
	struct hlist_node *alias;
	struct inode *inode;
	struct dentry *d;

	put_unknown(to->fi_name);
	put_unknown(to->fi_dirname);
	put_unknown(to->fi_pathname);
	put_unknown(to->fi_mount);
	put_unknown(to->fi_fs);
	to->fi_offset = 0;
	to->fi_oflags = 0;
	if (!mapping || ((__u64)mapping & 3)) /* PAGE_MAPPING_FLAGS: memory of no file */
		return;
	inode = READ(mapping, host, RAW);
	alias = inode ? READ(inode, i_dentry.first, RAW) : 0;
	if (!alias)
		return;
	d = (void *)alias - bpf_core_field_offset(struct dentry___alias, d_u);
	bpf_probe_read_kernel_str(to->fi_name, sizeof(to->fi_name), READ(d, d_name.name, RAW));
	bpf_probe_read_kernel_str(to->fi_fs, sizeof(to->fi_fs), BPF_CORE_READ(inode, i_sb, s_type, name));
}

static __noinline int io_args(struct firing *f, struct request *rq, __s32 error)
{
	struct kern_bufinfo *b = &f->xargs.io.buf;
	struct kern_devinfo *d = &f->xargs.io.dev;
	struct block_device *part = READ(rq, part, RAW);
	__u32 flags = READ(rq, cmd_flags, RAW), number = partition_of(part);
	struct gendisk *disk;
	long bytes;

	xargs_zero(b, sizeof(*b));
	b->b_flags = B_PHYS | ((flags & REQ_OP_MASK) ? B_WRITE : B_READ) | (flags & REQ_SYNC ? 0 : B_ASYNC);
	b->b_bcount = b->b_bufsize = READ(rq, __data_len, RAW);
	b->b_blkno = b->b_lblkno = READ(rq, __sector, RAW);
	b->b_error = error;

	xargs_zero(d, sizeof(*d));
	if (bpf_core_field_exists(((struct request___before_5_17 *)0)->rq_disk))
		disk = READ((struct request___before_5_17 *)rq, rq_disk, RAW);
	else
		disk = BPF_CORE_READ(rq, q, disk);
	if (disk) {
		d->dev_major = READ(disk, major, RAW);
		d->dev_minor = READ(disk, first_minor, RAW) + (__s32)number;
		bpf_probe_read_kernel_str(d->dev_name, sizeof(d->dev_name), (void *)disk + bpf_core_field_offset(struct gendisk, disk_name));
		bytes = bpf_probe_read_kernel_str(d->dev_statname, sizeof(d->dev_statname), d->dev_name);
		put_partition(d->dev_statname, bytes, number);
		__builtin_memcpy(d->dev_pathname, "/dev/", 5);
		bpf_probe_read_kernel_str(d->dev_pathname + 5, sizeof(d->dev_statname), d->dev_statname);
	}
	d->dev_instance = d->dev_minor;
	b->b_edev = (__u64)(__u32)d->dev_major << 20 | (__u32)d->dev_minor; /* the kernel's dev_t, as getmajor() takes it */
	put_file(&f->xargs.io.file, READ(rq, bio, RAW));
	f->args[0] = XARG(io.buf);
	f->args[1] = XARG(io.dev);
	f->args[2] = XARG(io.file);
	return 0;
}

static __always_inline int on_io(struct bpf_raw_tracepoint_args *ctx, enum kern_hook hook, struct request *rq, __s32 error)
{
	struct firing *f;

	if (constants.scope.pidns || constants.scope.mntns || constants.scope.cgroup) /* a container sees no disk */
		return 0;
	f = fire_hook(hook, (struct task_struct *)bpf_get_current_task());
	if (!f)
		return 0;
	if (f->target.needs & NEED_ARGS)
		io_args(f, rq, error);
	return fire_leaf(ctx, f);
}

/* Before 5.11 the queue comes in front of the request; that is when bpf_get_current_task_btf() came, too. */
SEC("raw_tp/block_rq_issue")
int io_start(struct bpf_raw_tracepoint_args *ctx)
{
	return on_io(ctx, HOOK_IO_START, (struct request *)ctx->args[has_task_btf() ? 0 : 1], 0);
}

/* (request, error, bytes): once for each part of it that is done; the last part ends it. */
SEC("raw_tp/block_rq_complete")
int io_done(struct bpf_raw_tracepoint_args *ctx)
{
	struct request *rq = (struct request *)ctx->args[0];
	__u32 status = (__u32)ctx->args[1] & 255; /* blk_status_t is a byte */
	__s32 error = (__s32)ctx->args[1];

	if ((__u32)ctx->args[2] < READ(rq, __data_len, RAW))
		return 0;
	return on_io(ctx, HOOK_IO_DONE, rq, error < 0 ? -error : status ? 5 : 0); /* EIO, where only a class of errors is known */
}
