/* SPDX-License-Identifier: GPL-2.0-only
 * Names of devices that /sys tells, for places without udev's links in /dev: the device mapper's, and the
 * persistent names that udev makes of nothing but /sys.
 */
#pragma once

#include "disk.h"

/* The content of /sys/block/NAME/dm/name; memory of its own, or NULL. */
char *sysname_mapper(const struct disk *disk);

/* Whether names of this kind (ID, PATH, PARTUUID, PARTLABEL, DISKSEQ; letters of any case) can be had. */
bool sysname_knows(const char *type);

/* The name, in memory of its own, or NULL when this device has none. */
char *sysname_persistent(const char *type, const struct disks *d, const struct disk *disk);
