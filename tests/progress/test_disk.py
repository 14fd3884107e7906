from __future__ import annotations

import errno
import os
import stat
import zlib

import pytest

from progress.disk import JournalFile


def test_a_new_file_is_private_and_never_one_that_exists(folder, disk):
    first = JournalFile(disk, folder, "s")
    second = JournalFile(disk, folder, "s")
    assert (first.path.name, second.path.name) == ("s.jsonl", "s-2.jsonl")
    if os.name == "posix":
        assert stat.S_IMODE(first.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    first.close()
    second.close()


def test_each_line_ends_in_the_checksum_of_all_before_it(folder, disk):
    file = JournalFile(disk, folder, "s")
    file.write([b'{"a":1'])
    file.write([b'{"b":2', b'{"c":3'])
    file.close()
    data = file.path.read_bytes()
    assert data.count(b"\n") == 3
    end = 0
    while (at := data.find(b',"sum":"', end)) >= 0:
        assert int(data[at + 8 : at + 16], 16) == zlib.crc32(data[:at])
        end = at + 1


def test_several_events_are_one_write(folder, disk):
    file = JournalFile(disk, folder, "s")
    file.write([b'{"a":1', b'{"b":2'])
    file.close()
    assert disk.count("write") == 1


def test_the_name_of_a_new_file_and_of_its_folders_is_synced(folder, disk):
    JournalFile(disk, folder, "s").close()
    assert disk.count("sync folder") == 3  # journals/, its name in home/, and that of home/


@pytest.mark.parametrize("kept", [0, 1, 10])
def test_a_short_write_is_cut_back_to_the_last_good_line(folder, disk, kept):
    file = JournalFile(disk, folder, "s")
    file.write([b'{"a":1'])
    good = file.path.read_bytes()
    disk.write_short(kept)
    with pytest.raises(OSError) as failure:
        file.write([b'{"b":2'])
    assert failure.value.errno == errno.ENOSPC
    assert file.path.read_bytes() == good
    assert file.usable
    file.write([b'{"b":2'])
    file.close()
    end = file.path.read_bytes().rfind(b',"sum"')
    data = file.path.read_bytes()
    assert int(data[end + 8 : end + 16], 16) == zlib.crc32(data[:end])


def test_what_cannot_be_cut_back_ends_the_file(folder, disk):
    file = JournalFile(disk, folder, "s")
    disk.write_short(3)
    disk.fail("ftruncate", errno.EIO)
    with pytest.raises(OSError):
        file.write([b'{"a":1'])
    assert not file.usable
    file.close()


def test_a_failed_sync_ends_the_file(folder, disk):
    file = JournalFile(disk, folder, "s")
    file.write([b'{"a":1'])
    disk.fail("fsync", errno.EIO, times=1)
    with pytest.raises(OSError):
        file.sync()
    assert not file.usable
    file.close()


@pytest.mark.skipif(os.name != "posix", reason="a file in use cannot be removed there")
def test_a_file_that_was_removed_is_noticed(folder, disk):
    file = JournalFile(disk, folder, "s")
    file.write([b'{"a":1'])
    file.path.unlink()
    with pytest.raises(OSError):
        file.write([b'{"b":2'])
    assert not file.usable
    file.close()


def test_a_file_whose_name_could_not_be_synced_is_not_left_behind(folder, disk):
    folder.mkdir(parents=True)
    disk.fail("sync folder", errno.EIO, times=1)
    with pytest.raises(OSError):
        JournalFile(disk, folder, "s")
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_synced_at_all_is_no_failure(folder, disk):
    folder.mkdir(parents=True)
    disk.fail("sync folder", errno.EINVAL, times=1)
    JournalFile(disk, folder, "s").close()
    assert [file.name for file in folder.iterdir()] == ["s.jsonl"]


def test_closing_twice_never_closes_a_file_opened_in_between(folder, disk):
    first = JournalFile(disk, folder, "s")
    first.close()
    second = JournalFile(disk, folder, "s")
    first.discard()
    second.write([b'{"a":1'])
    second.sync()
    second.close()
    assert [file.name for file in folder.iterdir()] == ["s-2.jsonl"]
