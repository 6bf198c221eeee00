"""Prints a Parquet file as CSV. Written from the format's specification and not from the writer, of
which it knows nothing; it reads as much of the format as flat tables of integers, decimals, doubles,
texts and bytes need: one page a chunk, packed with zstd, or not at all.

    read_parquet.py FILE
"""

import csv
import struct
import subprocess
import sys


class Reader:
    """Numbers of Thrift's compact protocol, and of Parquet's encodings."""

    def __init__(self, data, at=0):
        self.data, self.at = data, at

    def byte(self):
        self.at += 1
        return self.data[self.at - 1]

    def take(self, size):
        self.at += size
        assert self.at <= len(self.data), "the file ends too early"
        return self.data[self.at - size:self.at]

    def varint(self):
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def zigzag(self):
        value = self.varint()
        return value >> 1 ^ -(value & 1)

    def thrift_value(self, kind):
        if kind in (1, 2):
            return kind == 1
        if kind == 3:
            return self.byte()
        if kind in (4, 5, 6):
            return self.zigzag()
        if kind == 7:
            return struct.unpack("<d", self.take(8))[0]
        if kind == 8:
            return self.take(self.varint())
        if kind in (9, 10):
            head = self.byte()
            size = head >> 4 if head >> 4 < 15 else self.varint()
            return [self.thrift_value(head & 15) for _ in range(size)]
        assert kind == 12, f"no such type: {kind}"
        return self.thrift_struct()

    def thrift_struct(self):
        fields, last = {}, 0
        while (head := self.byte()) != 0:
            last = last + (head >> 4) if head >> 4 else self.zigzag()
            fields[last] = self.thrift_value(head & 15)
        return fields


def unpack_bits(data, width, count):
    number = int.from_bytes(data, "little")
    return [number >> (i * width) & ((1 << width) - 1) for i in range(count)]


def levels(data, count):
    """The hybrid of runs and packed bits, for levels of one bit."""
    reader, out = Reader(data), []
    while len(out) < count:
        head = reader.varint()
        if head & 1:
            out += unpack_bits(reader.take(head >> 1), 1, (head >> 1) * 8)
        else:
            out += [reader.byte()] * (head >> 1)
    return out[:count]


def deltas(reader):
    block, miniblocks, total, value = (reader.varint(), reader.varint(), reader.varint(),
                                       reader.zigzag())
    each, out = block // miniblocks, [value][:total]
    while len(out) < total:
        least = reader.zigzag()
        widths = reader.take(miniblocks)
        for width in widths:
            if len(out) >= total:
                break
            for difference in unpack_bits(reader.take(width * each // 8), width, each):
                value = (value + least + difference + 2**63) % 2**64 - 2**63
                out.append(value)
    return out[:total]


def plain(reader, column, count):
    kind = column[1]
    for _ in range(count):
        if kind == 5:
            yield struct.unpack("<d", reader.take(8))[0]
        elif kind == 6:
            data = reader.take(struct.unpack("<I", reader.take(4))[0])
            yield data.decode() if column.get(6) == 0 else data.hex()
        else:
            yield decimal(int.from_bytes(reader.take(column[2]), "big", signed=True), column[7])


def decimal(digits, scale):
    text = str(abs(digits)).rjust(scale + 1, "0")
    return ("-" if digits < 0 else "") + (text[:-scale] + "." + text[-scale:] if scale else text)


def unpacked(page, codec):
    if codec == 0:
        return page
    assert codec == 6, f"no such packing: {codec}"
    return subprocess.run(["zstd", "-dc"], input=page, stdout=subprocess.PIPE, check=True).stdout


def values(data, column, meta):
    reader = Reader(data, meta[9])
    header = reader.thrift_struct()
    page = unpacked(reader.take(header[3]), meta[4])
    assert len(page) == header[2], "a page has another size than its header says"
    assert reader.at - meta[9] == meta[7], "a chunk has another size than the footer says"
    body = Reader(page)
    there = levels(body.take(struct.unpack("<I", body.take(4))[0]), header[5][1])
    if header[5][2] == 5:
        found = iter(deltas(body))
    else:
        found = plain(body, column, sum(there))
    out = [next(found) if one else None for one in there]
    assert len(out) == meta[5] and out.count(None) == meta[12][3], "counts differ"
    if 6 in meta[12]:
        least, greatest = (struct.unpack("<q", meta[12][i])[0] for i in (6, 5))
        numbers = [one for one in out if one is not None]
        assert (least, greatest) == (min(numbers), max(numbers)), "least and greatest are others"
    return out


def main():
    data = open(sys.argv[1], "rb").read()
    assert data[:4] == data[-4:] == b"PAR1", "this is no Parquet file"
    size = struct.unpack("<I", data[-8:-4])[0]
    footer = Reader(data, len(data) - 8 - size).thrift_struct()
    columns = footer[2][1:]
    assert footer[2][0][5] == len(columns)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(column[4].decode() for column in columns)
    rows = 0
    for group in footer[4]:
        chunks = [values(data, column, chunk[3]) for column, chunk in zip(columns, group[1])]
        out.writerows(zip(*chunks))
        rows += group[3]
    assert rows == footer[3], "the footer has another number of rows than its groups"


main()
