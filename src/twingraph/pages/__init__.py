"""Pages for people: HTML of a build, in English or German, for a server and for a folder of files.

A page is made from a `View`: a build, and `Links`, which know where things lead. Templates escape
whatever is put into them. Nothing here needs a script to be read.
"""
